// What the schema of portal/text has beyond ordinary text: boxes and spoken wording.

import { findParentNode, Mark, mergeAttributes, Node, pm } from "django-prose-editor/editor"

export const BOXES = {
  hinweis: "Hinweis",
  achtung: "Achtung",
  gespraechsbaustein: "Gesprächsbaustein",
}
const HOLDS_BLOCKS = ["doc", "tableCell", "tableHeader"]

const isBox = (node) => node.type.name === "kasten"

/** The box around the selection, or the one that is all of it, as {node, pos}; or nothing. */
function surrounding({ selection }) {
  const around = findParentNode(isBox)(selection)
  const range = around ? null : selection.$from.blockRange(selection.$to)
  if (!range || range.endIndex - range.startIndex > 1) return around
  const node = range.parent.child(range.startIndex)
  return isBox(node) ? { node, pos: range.start } : undefined
}

function unwrap(box, tr) {
  const inside = tr.doc.resolve(box.pos + 1)
  const end = tr.doc.resolve(box.pos + box.node.nodeSize - 1)
  tr.lift(new pm.model.NodeRange(inside, end, inside.depth), inside.depth - 1)
}

/** Around whole blocks: a box cannot begin in the middle of a list. */
function wrap(type, art, state, tr) {
  const { $from, $to } = state.selection
  const range = $from.blockRange($to, (parent) => HOLDS_BLOCKS.includes(parent.type.name))
  const wrapping = range && pm.transform.findWrapping(range, type, { art })
  if (wrapping) tr.wrap(range, wrapping)
  return Boolean(wrapping)
}

export const Kasten = Node.create({
  name: "kasten",
  group: "block",
  content: "block+",
  defining: true,

  addAttributes() {
    const parseHTML = (box) => box.dataset.art ?? box.dataset.kasten
    return { art: { default: "hinweis", parseHTML, rendered: false } }
  },

  parseHTML() {
    return Object.keys(BOXES).flatMap((art) => [
      { tag: `aside[data-art="${art}"]` },
      { tag: `div[data-kasten="${art}"]`, contentElement: (box) => box.querySelector(":scope > [data-inhalt]") ?? box },
    ])
  },

  // As `labelled` prints it: the word first, the colour after it. Not `aside`: a box is a group of this text here.
  renderHTML({ node, HTMLAttributes }) {
    const { art } = node.attrs
    const attributes = { "data-kasten": art, class: `kasten kasten-${art}`, role: "group", "aria-label": BOXES[art] }
    return [
      "div",
      mergeAttributes(HTMLAttributes, attributes),
      ["p", { class: "kasten-titel", contenteditable: "false" }, BOXES[art]],
      ["div", { "data-inhalt": "" }, 0],
    ]
  },

  addCommands() {
    return {
      toggleKasten:
        (art) =>
        ({ state, tr, dispatch }) => {
          const box = surrounding(state)
          if (!box) return wrap(this.type, art, state, tr)
          if (!dispatch) return true
          if (box.node.attrs.art === art) unwrap(box, tr)
          else tr.setNodeMarkup(box.pos, null, { art })
          return true
        },
    }
  },
})

// Each wording keeps a number: two that touch, or one inside the other, must not become one.
let wordings = 0

export const Wortlaut = Mark.create({
  name: "wortlaut",
  priority: 1100, // outermost: marks inside would cut it into pieces, each with its own quotation marks
  excludes: "",
  inclusive: true,

  addAttributes() {
    return { number: { default: 0, parseHTML: () => ++wordings, rendered: false } }
  },
  parseHTML() {
    return [{ tag: "q" }]
  },
  renderHTML({ HTMLAttributes }) {
    return ["q", HTMLAttributes, 0]
  },
  addCommands() {
    return {
      toggleWortlaut:
        () =>
        ({ commands, editor }) =>
          editor.isActive(this.name)
            ? commands.unsetMark(this.name)
            : commands.setMark(this.name, { number: ++wordings }),
    }
  },
  addKeyboardShortcuts() {
    return { "Mod-Shift-q": () => this.editor.commands.toggleWortlaut() }
  },
})
