// The buttons of the toolbar in their order: name, sign, what they do, when they are pressed, usable or there at all.

import { BOXES } from "portal/editor/nodes"
import { askLink, askList, askTable } from "portal/editor/questions"
import { askArbeitsmittel } from "portal/editor/search"

const run = (command, ...values) => (editor) => editor.chain().focus()[command](...values).run()
const can = (command, ...values) => (editor) => editor.can()[command](...values)
const active = (name, attributes) => (editor) => editor.isActive(name, attributes)
const inCaption = active("tableCaption")
const inList = (editor) => editor.isActive("listItem")
const inTable = (editor) => editor.isActive("table") || inCaption(editor)

/** A button for a command; it is usable when the command is. */
const command = (label, icon, name, { values = [], ...more } = {}) => ({
  label,
  icon,
  run: run(name, ...values),
  enabled: can(name, ...values),
  ...more,
})
// A title of a table is one line of words.
const outsideCaption = (item) => ({ ...item, enabled: (editor) => !inCaption(editor) && item.enabled(editor) })

const SIGNS = { hinweis: "info", achtung: "warning", gespraechsbaustein: "record_voice_over" }

const boxes = Object.entries(BOXES).map(([art, label]) =>
  outsideCaption(
    command(`Kasten „${label}“`, SIGNS[art], "toggleKasten", { values: [art], pressed: active("kasten", { art }) }),
  ),
)

const TEXT = [
  command("Fett (Strg+B)", "format_bold", "toggleBold", { pressed: active("bold") }),
  command("Kursiv (Strg+I)", "format_italic", "toggleItalic", { pressed: active("italic") }),
  command("Wortlaut: so wird es gesprochen", "format_quote", "toggleWortlaut", { pressed: active("wortlaut") }),
]
const LISTS = [
  outsideCaption(command("Aufzählung", "format_list_bulleted", "toggleBulletList", { pressed: active("bulletList") })),
  outsideCaption(
    command("Nummerierte Liste", "format_list_numbered", "toggleOrderedList", { pressed: active("orderedList") }),
  ),
]
const INSERT = (textarea) => [
  { label: "Link", icon: "link", run: askLink, pressed: active("link"), enabled: () => true, opens: true },
  {
    label: "Tabelle einfügen",
    icon: "grid_on",
    run: askTable,
    enabled: (editor) => !inTable(editor),
    opens: true,
  },
  ...(textarea.dataset.sucheUrl
    ? [
        {
          label: "Arbeitsmittel einfügen",
          icon: "find_in_page",
          run: (editor) => askArbeitsmittel(editor, textarea.dataset.sucheUrl),
          enabled: () => true,
          opens: true,
        },
      ]
    : []),
]
const HISTORY = [
  command("Rückgängig (Strg+Z)", "undo", "undo"),
  command("Wiederholen (Strg+Y)", "redo", "redo"),
]
const IN_LIST = [
  command("Einrücken (Tab)", "format_indent_increase", "sinkListItem", { values: ["listItem"] }),
  command("Ausrücken (Umschalt+Tab)", "format_indent_decrease", "liftListItem", { values: ["listItem"] }),
  { label: "Nummerierung", icon: "tune", run: askList, enabled: active("orderedList"), opens: true },
]
const IN_TABLE = [
  { ...command("Tabellentitel", "title", "toggleCaption"), pressed: active("captionedTable") },
  command("Kopfzeile", "border_top", "toggleHead", { pressed: headRow }),
  command("Kopfspalte", "border_left", "toggleHeaderColumn", { pressed: headColumn }),
  command("Zeile darunter einfügen", null, "addRowAfter", { sign: "+ Zeile" }),
  command("Zeile löschen", null, "deleteRow", { sign: "− Zeile" }),
  command("Spalte rechts einfügen", null, "addColumnAfter", { sign: "+ Spalte" }),
  command("Spalte löschen", null, "deleteColumn", { sign: "− Spalte" }),
  command("Zellen verbinden", "call_merge", "mergeCells"),
  command("Zelle teilen", "call_split", "splitCell"),
  command("Tabelle löschen", "delete", "deleteTable"),
]

const tableAt = ({ state: { selection } }) => {
  for (let depth = selection.$from.depth; depth > 0; depth -= 1) {
    if (selection.$from.node(depth).type.name === "table") return selection.$from.node(depth)
  }
  return null
}
function headRow(editor) {
  const row = tableAt(editor)?.firstChild
  return Boolean(row) && Array.from({ length: row.childCount }).every((_, at) => isHeader(row.child(at)))
}
function headColumn(editor) {
  const table = tableAt(editor)
  return Boolean(table) && Array.from({ length: table.childCount }).every((_, at) => isHeader(table.child(at).firstChild))
}
const isHeader = (cell) => cell?.type.name === "tableHeader"

/** The groups of buttons for one field; `shown` says where a group has a meaning. */
export const groups = (textarea) => [
  { name: "Schrift", items: TEXT },
  { name: "Listen", items: LISTS },
  { name: "Kästen", items: boxes },
  { name: "Einfügen", items: INSERT(textarea) },
  { name: "Verlauf", items: HISTORY },
  { name: "Liste", items: IN_LIST, shown: inList },
  { name: "Tabelle", items: IN_TABLE, shown: inTable },
]

/** The kinds of a paragraph, for the first control of the toolbar. */
export const KINDS = {
  paragraph: "Absatz",
  2: "Überschrift",
  3: "Unterüberschrift",
  4: "Zwischentitel",
}

export const kindOf = (editor) => {
  const level = editor.getAttributes("heading").level
  return level ? String(level) : "paragraph"
}

export const setKind = (editor, kind) => {
  const chain = editor.chain()
  if (kind === "paragraph") chain.setParagraph().run()
  else chain.setHeading({ level: Number(kind) }).run()
}

export const kindsEnabled = (editor) => !inCaption(editor)
