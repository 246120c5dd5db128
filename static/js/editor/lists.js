// Lists, with what the schema keeps of them: the way of counting, and whether an item's words stand in a paragraph.

import { ListItem as BaseItem, OrderedList as BaseList } from "django-prose-editor/editor"

export const COUNTING = {
  1: "1, 2, 3 …",
  a: "a, b, c …",
  A: "A, B, C …",
  i: "i, ii, iii …",
  I: "I, II, III …",
}

/** For list items and cells: `<li><p>Wort</p></li>` and `<li>Wort</li>` look the same here, and stay what they were. */
export const loose = {
  loose: {
    default: false,
    parseHTML: (element) => element.hasAttribute("data-lose"),
    renderHTML: ({ loose }) => (loose ? { "data-lose": "" } : {}),
  },
}

export const ListItem = BaseItem.extend({
  addAttributes() {
    return loose
  },
})

// The library's own says `type` in CSS words, and gives every list one.
export const OrderedList = BaseList.extend({
  addNodeView: null,
  addAttributes() {
    return {
      start: { default: 1, parseHTML: (list) => Number.parseInt(list.getAttribute("start") ?? "1", 10) || 1 },
      type: {
        default: null,
        parseHTML: (list) => (list.getAttribute("type") in COUNTING ? list.getAttribute("type") : null),
      },
    }
  },
})
