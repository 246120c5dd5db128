// Tables with what the schema keeps of them and Tiptap does not know: title (caption), head and groups of rows, scope.

import {
  findParentNode,
  Node,
  pm,
  Table as BaseTable,
  TableCell as BaseCell,
  TableHeader as BaseHeader,
  TableRow as BaseRow,
} from "django-prose-editor/editor"
import { loose } from "portal/editor/lists"

const span = (property) => ({
  default: 1,
  parseHTML: (cell) => cell[property] || 1,
  renderHTML: ({ [property.toLowerCase()]: count }) => (count > 1 ? { [property]: count } : {}),
})
const cellAttributes = {
  ...loose,
  colspan: span("colSpan"),
  rowspan: span("rowSpan"),
  colwidth: { default: null, rendered: false }, // the table commands ask for it
}

export const TableCell = BaseCell.extend({
  addAttributes() {
    return cellAttributes
  },
})

export const TableHeader = BaseHeader.extend({
  addAttributes() {
    return { ...cellAttributes, scope: { default: null, parseHTML: (cell) => cell.getAttribute("scope") } }
  },
})

const HEAD = { 1: true, 0: false }

export const TableRow = BaseRow.extend({
  addAttributes() {
    return {
      // true and false are what the text said (thead or tbody); null is a row made here: its cells decide.
      head: {
        default: null,
        parseHTML: (row) => HEAD[row.dataset.kopf] ?? null,
        renderHTML: ({ head }) => (head === null ? {} : { "data-kopf": Number(head) }),
      },
      group: {
        default: false,
        parseHTML: (row) => row.hasAttribute("data-gruppe"),
        renderHTML: ({ group }) => (group ? { "data-gruppe": "" } : {}),
      },
    }
  },
})

// Not inside the table: everything that counts rows and columns takes each child of a table for a row.
export const CaptionedTable = Node.create({
  name: "captionedTable",
  group: "block",
  content: "tableCaption table",
  defining: true,
  parseHTML() {
    return [{ tag: "div[data-tabelle]" }]
  },
  renderHTML() {
    return ["div", { "data-tabelle": "", class: "editor__tabelle" }, 0]
  },
})

export const TableCaption = Node.create({
  name: "tableCaption",
  content: "inline*",
  defining: true,
  isolating: true,
  parseHTML() {
    return [{ tag: "p[data-titel]", priority: 60 }]
  },
  renderHTML() {
    return ["p", { "data-titel": "", class: "editor__tabellentitel" }, 0]
  },
  addKeyboardShortcuts() {
    return {
      Enter: ({ editor }) => {
        const { $from } = editor.state.selection
        if ($from.parent.type.name !== this.name) return false
        return editor.commands.setTextSelection($from.after() + 3) // into the first cell
      },
    }
  },
})

const captioned = (state) => findParentNode((node) => node.type.name === "captionedTable")(state.selection)
const table = (state) => findParentNode((node) => node.type.name === "table")(state.selection)

/** The table as content for the editor; its title only if there is one. */
export function tableContent({ title, rows, columns, withHead }) {
  const row = (_, number) => ({
    type: "tableRow",
    content: Array.from({ length: columns }, () => ({
      type: withHead && number === 0 ? "tableHeader" : "tableCell",
      content: [{ type: "paragraph" }],
    })),
  })
  const content = { type: "table", content: Array.from({ length: rows }, row) }
  if (!title) return content
  const caption = { type: "tableCaption", content: [{ type: "text", text: title }] }
  return { type: "captionedTable", content: [caption, content] }
}

function addCaption({ state, tr }) {
  const found = table(state)
  if (!found) return false
  const { captionedTable, tableCaption } = state.schema.nodes
  tr.replaceWith(found.pos, found.pos + found.node.nodeSize, captionedTable.create(null, [tableCaption.create(), found.node]))
  tr.setSelection(pm.state.TextSelection.create(tr.doc, found.pos + 2))
  return true
}

function removeCaption({ tr }, found) {
  tr.replaceWith(found.pos, found.pos + found.node.nodeSize, found.node.lastChild)
  tr.setSelection(pm.state.Selection.near(tr.doc.resolve(found.pos + 4)))
  return true
}

export const Table = BaseTable.extend({
  addNodeView: null, // it would set widths in pixels

  addCommands() {
    return {
      ...this.parent?.(),
      toggleCaption: () => (props) => {
        const found = captioned(props.state)
        if (!props.dispatch) return Boolean(found || table(props.state))
        return found ? removeCaption(props, found) : addCaption(props)
      },
      toggleHead:
        () =>
        ({ state, dispatch, tr }) => {
          if (!pm.tables.toggleHeader("row")(state, dispatch)) return false
          const row = table(state).pos + 1
          tr.setNodeMarkup(row, null, { ...tr.doc.nodeAt(row).attrs, head: null })
          return true
        },
      deleteTable:
        () =>
        ({ state, dispatch, tr }) => {
          const found = captioned(state) ?? table(state)
          if (found && dispatch) tr.delete(found.pos, found.pos + found.node.nodeSize)
          return Boolean(found)
        },
    }
  },

  addKeyboardShortcuts() {
    // In the last cell Tab leaves the editor. A new row for every Tab would hold keyboard users for ever (WCAG 2.1.2).
    return { ...this.parent?.(), Tab: () => this.editor.commands.goToNextCell() }
  },
})
