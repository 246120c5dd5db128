// What a button asks before it does something: link, table, list.

import { ask } from "portal/editor/dialog"
import { isAllowedLink, LINK_RULE } from "portal/editor/links"
import { COUNTING } from "portal/editor/lists"
import { tableContent } from "portal/editor/tables"

const notALink = (address) => !isAllowedLink(address) && `Dieser Link ist nicht erlaubt. ${LINK_RULE}`

export async function askLink(editor) {
  const { href } = editor.getAttributes("link")
  const needsWords = !href && editor.state.selection.empty
  const fields = [
    { name: "href", label: "Adresse", value: href ?? "", hint: LINK_RULE, required: true, check: notALink },
    ...(needsWords ? [{ name: "words", label: "Linktext", required: true }] : []),
  ]
  const actions = href ? { remove: "Link entfernen" } : {}
  const title = href ? "Link bearbeiten" : "Link einfügen"
  const answer = await ask({ title, submit: href ? "Übernehmen" : "Einfügen", fields, actions })
  const chain = editor.chain().focus()
  if (answer === "remove") chain.extendMarkRange("link").unsetLink()
  else if (answer && needsWords) chain.insertContent(linked(answer))
  else if (answer) chain.extendMarkRange("link").setLink({ href: answer.href })
  chain.run()
}

const linked = ({ href, words }) => ({ type: "text", text: words, marks: [{ type: "link", attrs: { href } }] })

export async function askTable(editor) {
  const answer = await ask({
    title: "Tabelle einfügen",
    submit: "Einfügen",
    fields: [
      { name: "title", label: "Tabellentitel", hint: "Sagt, was die Tabelle zeigt; steht über ihr und hilft beim Vorlesen." },
      { name: "rows", label: "Zeilen", type: "number", value: 3, min: 1, max: 100 },
      { name: "columns", label: "Spalten", type: "number", value: 3, min: 1, max: 30 },
      { name: "withHead", label: "Mit Kopfzeile", type: "checkbox", value: true },
    ],
  })
  if (!answer) return void editor.commands.focus()
  const before = editor.state.selection.from
  editor.chain().focus().insertContent(tableContent(answer)).run()
  toFirstCell(editor, before)
}

function toFirstCell(editor, before) {
  let cell = null
  editor.state.doc.nodesBetween(Math.max(before - 1, 0), editor.state.doc.content.size, (node, pos) => {
    if (cell === null && ["tableCell", "tableHeader"].includes(node.type.name) && pos >= before - 1) cell = pos
    return cell === null
  })
  if (cell !== null) editor.commands.setTextSelection(cell + 2)
}

export async function askList(editor) {
  const { start, type } = editor.getAttributes("orderedList")
  const answer = await ask({
    title: "Nummerierung",
    submit: "Übernehmen",
    fields: [
      { name: "type", label: "Zählweise", type: "select", value: type ?? "1", options: COUNTING },
      { name: "start", label: "Beginnt bei", type: "number", value: start, min: 1, max: 9999 },
    ],
  })
  const chain = editor.chain().focus()
  if (answer) {
    // Nothing said before and nothing chosen now: the page decides how it counts at this depth.
    chain.updateAttributes("orderedList", { ...answer, type: answer.type === "1" && !type ? null : answer.type })
  }
  chain.run()
}
