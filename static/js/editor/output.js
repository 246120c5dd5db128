// From the editor into HTML: exactly the schema of portal/text, as an editor would write it by hand.

const MARKS = {
  bold: () => ["<strong>", "</strong>"],
  italic: () => ["<em>", "</em>"],
  wortlaut: () => ["<q>", "</q>"],
  link: ({ attrs }) => [`<a href="${escape(attrs.href)}">`, "</a>"],
}

const BLOCKS = {
  paragraph: (node) => element("p", {}, phrases(node)),
  heading: (node) => element(`h${node.attrs.level}`, {}, phrases(node)),
  bulletList: (node) => element("ul", {}, blocks(node)),
  orderedList: (node) => element("ol", { start: count(node.attrs.start), type: node.attrs.type }, blocks(node)),
  listItem: (node) => element("li", {}, loosely(node)),
  kasten: (node) => element("aside", { "data-art": node.attrs.art }, blocks(node)),
  captionedTable: (node) => table(node.lastChild, phrases(node.firstChild)),
  table: (node) => table(node, ""),
  tableCell: (node) => cell("td", node),
  tableHeader: (node) => cell("th", node),
}

/** The text of an editor's document; empty if it has no words. */
export const writeText = (document) => blocks(document)

const SIGNS = { "&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;" }
const escape = (words) => String(words).replace(/[&<>"]/g, (sign) => SIGNS[sign])
const count = (number) => (number > 1 ? number : null)
const children = (node) => Array.from({ length: node.childCount }, (_, index) => node.child(index))

function element(tag, attributes, content) {
  const written = Object.entries(attributes).filter(([, value]) => value)
  return `<${tag}${written.map(([name, value]) => ` ${name}="${escape(value)}"`).join("")}>${content}</${tag}>`
}

// The server would drop it: an empty heading or item is a fault for screen readers. Only cells may be empty.
function saysSomething(node) {
  let found = node.textContent.trim() !== ""
  node.descendants((inner) => {
    found ||= inner.type.name === "table"
    return !found
  })
  return found || ["table", "tableCell", "tableHeader"].includes(node.type.name)
}

const write = (nodes) => nodes.filter(saysSomething).map((node) => BLOCKS[node.type.name](node)).join("")
const blocks = (node) => write(children(node))

/** The only paragraph of an item or cell needs no tags, unless it came with them. */
function loosely(node) {
  const [first, ...rest] = children(node).filter(saysSomething)
  const alone = first?.type.name === "paragraph" && rest.every((other) => other.type.name !== "paragraph")
  return alone && !node.attrs.loose ? phrases(first) + write(rest) : blocks(node)
}

function cell(tag, node) {
  const { colspan, rowspan, scope } = node.attrs
  return element(tag, { colspan: count(colspan), rowspan: count(rowspan), scope }, loosely(node))
}

function table(node, caption) {
  const rows = children(node)
  const body = rows.findIndex((row) => !isHead(row))
  const head = body < 0 ? rows : rows.slice(0, body)
  const groups = []
  for (const row of rows.slice(head.length)) {
    if (row.attrs.group || !groups.length) groups.push([])
    groups.at(-1).push(row)
  }
  const parts = [
    caption && element("caption", {}, caption),
    head.length && element("thead", {}, rowsOf(head)),
    ...groups.map((group) => element("tbody", {}, rowsOf(group))),
  ]
  return element("table", {}, parts.filter(Boolean).join(""))
}

const rowsOf = (rows) => rows.map((row) => element("tr", {}, blocks(row))).join("")

function isHead(row) {
  const headers = children(row).filter((cell) => cell.type.name === "tableHeader").length
  if (row.attrs.head === null) return headers === row.childCount
  return row.attrs.head && headers > 0 // its first cell may be an empty corner
}

const phrases = (node) => nest(children(node).map((piece) => ({ piece, marks: piece.marks })))

/** Marks lie in a heap on each piece of text. What reaches furthest goes outside, so that nothing is cut in two. */
function nest(pieces) {
  let written = ""
  for (let at = 0; at < pieces.length; ) {
    const { piece, marks } = pieces[at]
    if (!marks.length) {
      written += piece.isText ? escape(piece.text).replaceAll("&quot;", '"') : "<br>"
      at += 1
      continue
    }
    const ends = marks.map((mark) => reach(pieces, at, mark))
    const end = Math.max(...ends)
    const outer = marks[ends.indexOf(end)]
    const [open, close] = MARKS[outer.type.name](outer)
    written += open + nest(pieces.slice(at, end).map((inner) => without(inner, outer))) + close
    at = end
  }
  return written
}

function reach(pieces, from, mark) {
  let end = from + 1
  while (end < pieces.length && mark.isInSet(pieces[end].marks)) end += 1
  return end
}

const without = ({ piece, marks }, mark) => ({ piece, marks: marks.filter((other) => !other.eq(mark)) })
