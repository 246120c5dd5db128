// From HTML into the editor: what its document cannot say in the schema's own words is marked before it is read.

import { pm } from "django-prose-editor/editor"

const BLOCKS = "p, h1, h2, h3, h4, h5, h6, ul, ol, li, div, aside, table, tr"
const NO_WORDS = "ul, ol, aside, table, h2, h3, h4"

const PROGRAM_OR_STYLE = /\b(?=(?:on[a-z]+|style)\s*=)/gi

/**
 * Parse without running or loading anything, and without a word to the policy: Chrome tells it of each style, handler
 * and base, even in a text that is only parsed. No pattern finds the tags of broken HTML as a browser does, so all that
 * could be such a name gets a sign before it; after parsing the sign is gone from words and values, and what has it in
 * its name is no attribute of HTML. Styles stay readable as `data-mso`.
 */
export function parse(html) {
  const sign = unusedSign(html)
  const unstyled = html.replace(/<(\/?)style\b/gi, "<$1template").replace(/<base\b/gi, "<meta")
  const marked = unstyled.replace(PROGRAM_OR_STYLE, sign)
  const { body } = new DOMParser().parseFromString(marked, "text/html")
  for (const element of body.querySelectorAll("*")) tidyAttributes(element, sign)
  const words = document.createTreeWalker(body, NodeFilter.SHOW_TEXT)
  while (words.nextNode()) words.currentNode.data = words.currentNode.data.replaceAll(sign, "")
  return body
}

function unusedSign(html) {
  let code = 0xe000 // signs without a meaning of their own
  while (html.includes(String.fromCharCode(code))) code += 1
  return String.fromCharCode(code)
}

function tidyAttributes(element, sign) {
  for (const { name, value } of Array.from(element.attributes)) {
    if (!name.includes(sign)) {
      if (value.includes(sign)) element.setAttribute(name, value.replaceAll(sign, ""))
      continue
    }
    if (name === `${sign}style`) element.dataset.mso = value.replaceAll(sign, "")
    element.removeAttribute(name)
  }
}

/** The document for a text of portal.text. */
export function readText(html, schema) {
  const body = parse(html)
  for (const element of body.querySelectorAll("li, td, th")) markLoose(element)
  for (const row of body.querySelectorAll("tr")) row.dataset.kopf = Number(row.parentElement.tagName === "THEAD")
  markBlocks(body)
  return pm.model.DOMParser.fromSchema(schema).parse(body)
}

const firstIn = (element) => Array.from(element.childNodes).find((node) => node.nodeType === 1 || node.textContent.trim())

function markLoose(element) {
  if (firstIn(element)?.nodeName === "P") element.dataset.lose = ""
}

/** What the document wants in another form than HTML has it: items that begin with a list, tables. */
export function markBlocks(body) {
  for (const item of body.querySelectorAll("li")) {
    if (firstIn(item)?.matches?.(NO_WORDS)) item.prepend(document.createElement("p"))
  }
  markTables(body)
}

function markTables(body) {
  for (const table of body.querySelectorAll("table")) {
    for (const row of table.tHead?.rows ?? []) {
      row.dataset.kopf = 1
      if (!row.querySelector(":scope > th")) row.replaceChildren(...Array.from(row.cells, asHeader))
    }
    for (const group of Array.from(table.tBodies).slice(1)) group.rows[0]?.setAttribute("data-gruppe", "")
    if (table.caption) takeCaption(table)
  }
}

function asHeader(cell) {
  const header = document.createElement("th")
  for (const { name, value } of cell.attributes) header.setAttribute(name, value)
  header.append(...cell.childNodes)
  return header
}

/** A title of several blocks becomes one with line breaks. */
function takeCaption(table) {
  const title = document.createElement("p")
  title.dataset.titel = ""
  for (const block of table.caption.querySelectorAll(BLOCKS)) {
    if (block.nextSibling || block.parentElement !== table.caption) block.append(document.createElement("br"))
    block.replaceWith(...block.childNodes)
  }
  title.append(...table.caption.childNodes)
  table.caption.remove()
  const both = document.createElement("div")
  both.dataset.tabelle = ""
  table.replaceWith(both)
  both.append(title, table)
}
