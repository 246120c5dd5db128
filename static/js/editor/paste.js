// What is pasted, reduced to the schema before the editor reads it: Word says lists and headings in its own way.

import { markBlocks, parse } from "portal/editor/input"

const NO_PROSE = "script, style, title, meta, link, xml, template, noscript, iframe, object, svg, math, img"
const BULLET = /^[^\p{L}\p{N}]*$|^o$/u
const NUMBER = /^\(?(?<sign>\d+|[a-zA-Z]+)[.)]/
const ROMAN = /^[ivxlc]+$/i

/** HTML from the clipboard, ready to be read; what was copied in an editor stays as it is. */
export function tidyPasted(html) {
  const body = parse(html)
  if (html.includes("data-pm-slice")) return body.innerHTML
  for (const element of body.querySelectorAll(NO_PROSE)) element.remove()
  tidyWords(body)
  styleToTags(body)
  makeLists(body)
  unwrapForeign(body)
  shiftHeadings(body)
  dropEmpty(body)
  markBlocks(body)
  return body.innerHTML
}

/** No comments; and no rows of blanks, with which Word imitates a tab. A single protected blank stays. */
function tidyWords(body) {
  const walker = document.createTreeWalker(body, NodeFilter.SHOW_COMMENT | NodeFilter.SHOW_TEXT)
  const comments = []
  while (walker.nextNode()) {
    const node = walker.currentNode
    if (node.nodeType === Node.COMMENT_NODE) comments.push(node)
    else node.data = node.data.replace(/\s{2,}|[\n\t]/g, " ")
  }
  for (const comment of comments) comment.remove()
}

const styleOf = (element) => element.dataset.mso ?? ""
const isMarker = (element) => /mso-list:\s*ignore/i.test(styleOf(element))

/** Bold and italic that only the style says. */
function styleToTags(body) {
  for (const element of body.querySelectorAll("span[data-mso], font[data-mso]")) {
    if (isMarker(element)) continue
    if (/font-weight:\s*(bold|[6-9]00)/i.test(styleOf(element))) within(element, "strong")
    if (/font-style:\s*italic/i.test(styleOf(element))) within(element, "em")
  }
}

function within(element, tag) {
  const inner = document.createElement(tag)
  inner.append(...element.childNodes)
  element.append(inner)
}

/** Tags with a colon (o:p, st1:place, v:shape) are Word's own; their words stay. */
function unwrapForeign(body) {
  for (const element of Array.from(body.querySelectorAll("*"))) {
    if (element.localName.includes(":") || element.localName === "font") element.replaceWith(...element.childNodes)
  }
}

/** The title of the page is no part of the text: the highest heading is h2. */
function shiftHeadings(body) {
  const by = body.querySelector("h1") ? 1 : 0
  for (const heading of Array.from(body.querySelectorAll("h1, h2, h3, h4, h5, h6"))) {
    const level = Math.min(Math.max(Number(heading.localName[1]) + by, 2), 4)
    const shifted = document.createElement(`h${level}`)
    shifted.append(...heading.childNodes)
    heading.replaceWith(shifted)
  }
}

function dropEmpty(body) {
  for (const block of Array.from(body.querySelectorAll("p, h2, h3, h4, li"))) {
    if (!block.textContent.trim() && !block.querySelector("table")) block.remove()
  }
}

// Lists of Word are paragraphs: <p style="mso-list: l0 level1 lfo1"><span style="mso-list: Ignore">1.</span>Wort</p>

const levelOf = (element) =>
  element?.localName === "p" ? Number(/mso-list:\s*l\d+\s+level(\d+)/i.exec(styleOf(element))?.[1] ?? 0) : 0

function makeLists(body) {
  for (const paragraph of Array.from(body.querySelectorAll("p"))) {
    if (!paragraph.isConnected || !levelOf(paragraph)) continue
    const run = [paragraph]
    while (levelOf(run.at(-1).nextElementSibling)) run.push(run.at(-1).nextElementSibling)
    paragraph.before(...nested(run))
    for (const used of run) used.remove()
  }
}

function nested(paragraphs) {
  const roots = []
  const open = [] // the lists from the outermost to the one that is written, each with its level
  for (const paragraph of paragraphs) {
    const level = levelOf(paragraph)
    const { list, item } = read(paragraph)
    while (open.length && open.at(-1).level > level) open.pop()
    if (open.at(-1)?.level === level && open.at(-1).list.localName !== list.localName) open.pop()
    if (open.at(-1)?.level !== level) {
      const parent = open.at(-1)?.list.lastElementChild
      if (parent) parent.append(list)
      else roots.push(list)
      open.push({ level, list })
    }
    open.at(-1).list.append(item)
  }
  return roots
}

/** A list as the marker of its first item says, and the item without the marker. */
function read(paragraph) {
  const marker = Array.from(paragraph.querySelectorAll("span")).find(isMarker)
  const sign = marker?.textContent.trim() ?? ""
  marker?.remove()
  const item = document.createElement("li")
  item.append(...paragraph.childNodes)
  return { list: listFor(sign), item }
}

function listFor(sign) {
  const number = NUMBER.exec(sign)?.groups.sign
  if (BULLET.test(sign) || !number) return document.createElement("ul")
  const list = document.createElement("ol")
  const start = /\d/.test(number) ? Number(number) : 1
  if (start > 1) list.setAttribute("start", start)
  if (!/\d/.test(number)) list.setAttribute("type", typeOf(number))
  return list
}

const typeOf = (letters) => {
  const type = ROMAN.test(letters) && (letters.length > 1 || /i/i.test(letters)) ? "i" : "a"
  return letters === letters.toUpperCase() ? type.toUpperCase() : type
}
