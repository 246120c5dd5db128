// Turns each textarea of a rich text into an editor. The textarea stays in the form and always holds the text.

import { Editor, pm } from "django-prose-editor/editor"
import { make } from "portal/editor/dialog"
import { readText } from "portal/editor/input"
import { writeText } from "portal/editor/output"
import { tidyPasted } from "portal/editor/paste"
import { EXTENSIONS } from "portal/editor/schema"
import { makeToolbar } from "portal/editor/toolbar"

const SELECTOR = "textarea[data-editor]"

function start(textarea) {
  if (textarea.hidden || textarea.id.includes("__prefix__")) return // done, or the model for more rows of a form
  const label = textarea.labels[0]
  const name = label?.textContent.trim().replace(/[:*]+$/, "") ?? "Text"
  const help = make("p", { id: `${textarea.id}_tasten`, className: "kern-sr-only", textContent: KEYS })
  const frame = make("div", { className: "editor__rahmen" })
  const whole = make("div", { className: "editor" }, [frame, help])
  textarea.before(whole)
  whole.append(textarea)
  const editor = new Editor({
    element: frame,
    extensions: EXTENSIONS,
    editable: !textarea.disabled && !textarea.readOnly,
    injectCSS: false, // the policy forbids style elements; editor.css says the same
    editorProps: { attributes: namesOf(textarea, name, help.id), transformPastedHTML: tidyPasted },
  })
  fill(editor, textarea)
  textarea.hidden = true
  if (editor.isEditable) addToolbar(frame, editor, textarea, name)
  editor.on("update", () => keep(editor, textarea))
  leadHere(editor, textarea, label)
  textarea.dispatchEvent(new CustomEvent("editor:bereit", { bubbles: true, detail: { editor } }))
}

const KEYS = "Mit Alt+F10 zu den Werkzeugen, von dort mit Escape zurück in den Text."

/** Name and descriptions as the textarea has them. */
function namesOf(textarea, name, keys) {
  const described = [textarea.getAttribute("aria-describedby"), keys].filter(Boolean).join(" ")
  return {
    class: "text editor__text",
    "aria-label": name,
    "aria-multiline": "true",
    "aria-describedby": described,
    ...(textarea.getAttribute("aria-invalid") && { "aria-invalid": "true" }),
    ...(textarea.disabled || textarea.readOnly ? { "aria-readonly": "true", tabindex: "0" } : {}),
  }
}

/** The stored text; not a step that could be undone, and nothing that has to be saved. */
function fill(editor, textarea) {
  const { plugins, schema } = editor.state
  const doc = readText(textarea.value, schema)
  editor.view.updateState(pm.state.EditorState.create({ doc, plugins }))
  editor.stored = { source: textarea.value, written: writeText(doc) }
}

/** Who takes everything back has the stored text again, letter for letter. */
function keep(editor, textarea) {
  const written = writeText(editor.state.doc)
  const value = written === editor.stored.written ? editor.stored.source : written
  if (value === textarea.value) return
  textarea.value = value
  textarea.dispatchEvent(new Event("input", { bubbles: true }))
}

function addToolbar(frame, editor, textarea, name) {
  const toolbar = makeToolbar(editor, textarea, name)
  frame.prepend(toolbar)
  editor.view.dom.addEventListener("keydown", (event) => {
    if (!event.altKey || event.key !== "F10") return
    event.preventDefault()
    toolbar.querySelector('[tabindex="0"]').focus()
  })
}

/** Label and links to the field (a list of errors) lead to the editor, since the textarea cannot be seen. */
function leadHere(editor, textarea, label) {
  label?.addEventListener("click", () => editor.commands.focus())
  document.addEventListener("click", (event) => {
    const link = event.target.closest?.("a[href]")
    if (!link || link.hash !== `#${textarea.id}` || link.pathname !== location.pathname) return
    event.preventDefault()
    editor.commands.focus()
  })
}

const startIn = (container) => container.querySelectorAll(SELECTOR).forEach(start)

startIn(document)
document.addEventListener("formset:added", ({ target }) => startIn(target)) // rows added in the admin
