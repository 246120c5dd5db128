// The toolbar as screen readers and keyboards expect it (ARIA practices): one stop for Tab, arrows inside.

import { groups, KINDS, kindOf, kindsEnabled, setKind } from "portal/editor/buttons"
import { make } from "portal/editor/dialog"

/** The toolbar of an editor; `name` is the name of its field. */
export function makeToolbar(editor, textarea, name) {
  const kinds = makeKinds(editor)
  const parts = groups(textarea).map((group) => ({ ...group, ...makeGroup(group, editor) }))
  const attributes = { role: "toolbar", "aria-label": `Werkzeuge: ${name}`, className: "editor__leiste" }
  const toolbar = make("div", attributes, [kinds, ...parts.map(({ element }) => element)])
  const refresh = () => {
    kinds.value = kindOf(editor)
    kinds.disabled = !kindsEnabled(editor)
    parts.forEach((part) => refreshGroup(part, editor))
    keepOneStop(toolbar)
  }
  editor.on("transaction", refresh)
  refresh()
  moveWithArrows(toolbar, editor)
  return toolbar
}

function makeKinds(editor) {
  const options = Object.entries(KINDS).map(([value, textContent]) => make("option", { value, textContent }))
  const kinds = make("select", { className: "editor__absatzart", "aria-label": "Absatzart", title: "Absatzart" }, options)
  let byArrow = false // who goes through the kinds with the arrow keys wants to stay here
  kinds.addEventListener("keydown", ({ key }) => (byArrow = key.startsWith("Arrow")))
  kinds.addEventListener("pointerdown", () => (byArrow = false))
  kinds.addEventListener("change", (event) => {
    event.stopPropagation()
    setKind(editor, kinds.value)
    if (!byArrow) editor.commands.focus()
  })
  kinds.addEventListener("input", (event) => event.stopPropagation())
  return kinds
}

function makeGroup({ name, items }, editor) {
  const buttons = items.map((item) => ({ ...item, element: makeButton(item, editor) }))
  const element = make("div", { className: "editor__gruppe", role: "group", "aria-label": name })
  element.append(...buttons.map((button) => button.element))
  return { element, buttons }
}

function makeButton({ label, icon, sign, run, enabled, pressed, opens }, editor) {
  const face = sign
    ? make("span", { className: "editor__wort", textContent: sign, "aria-hidden": "true" })
    : make("span", { className: "material-icons", textContent: icon, "aria-hidden": "true" })
  const attributes = { type: "button", className: "editor__knopf", title: label, "aria-label": label }
  if (pressed) attributes["aria-pressed"] = "false"
  if (opens) attributes["aria-haspopup"] = "dialog"
  const element = make("button", attributes, [face])
  element.addEventListener("mousedown", (event) => {
    event.preventDefault() // the selection stays where it is
    // A busy browser tells the editor a good while later where the keys have put it; a button acts on what is seen.
    document.dispatchEvent(new Event("selectionchange"))
  })
  element.addEventListener("click", () => enabled(editor) && run(editor))
  return element
}

function refreshGroup({ element, buttons, shown }, editor) {
  element.hidden = Boolean(shown) && !shown(editor)
  if (element.hidden) return
  for (const { element: button, enabled, pressed } of buttons) {
    // Not `disabled`: that would throw the focus out of the toolbar.
    button.setAttribute("aria-disabled", String(!enabled(editor)))
    if (pressed) button.setAttribute("aria-pressed", String(Boolean(pressed(editor))))
  }
}

const stopsOf = (toolbar) =>
  Array.from(toolbar.querySelectorAll("select:not(:disabled), button")).filter((stop) => !stop.closest("[hidden]"))

function keepOneStop(toolbar) {
  const stops = stopsOf(toolbar)
  const current = stops.find((stop) => stop.tabIndex === 0) ?? stops[0]
  for (const stop of toolbar.querySelectorAll("select, button")) stop.tabIndex = stop === current ? 0 : -1
}

const STEPS = { ArrowRight: 1, ArrowLeft: -1 }

function moveWithArrows(toolbar, editor) {
  toolbar.addEventListener("keydown", (event) => {
    const stops = stopsOf(toolbar)
    const at = stops.indexOf(event.target)
    if (event.key === "Escape") editor.commands.focus()
    else if (event.key in STEPS) go(stops, (at + STEPS[event.key] + stops.length) % stops.length)
    else if (event.key === "Home") go(stops, 0)
    else if (event.key === "End") go(stops, stops.length - 1)
    else return
    event.preventDefault()
  })
  toolbar.addEventListener("focusin", ({ target }) => {
    for (const stop of toolbar.querySelectorAll("select, button")) stop.tabIndex = stop === target ? 0 : -1
  })
}

const go = (stops, at) => stops[at].focus()
