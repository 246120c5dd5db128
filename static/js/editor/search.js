// „Arbeitsmittel einfügen“: find one by number or word, put its Kennung at the cursor.

import { button, make, openDialog } from "portal/editor/dialog"

const PAUSE = 200 // ms after the last key

/** Ask `url?q=` for [{kennung, titel, stand}]; the chosen Kennung becomes text at the cursor. */
export function askArbeitsmittel(editor, url) {
  const list = make("ul", { id: "arbeitsmittel_treffer", className: "editor-suche__treffer", role: "listbox", "aria-label": "Treffer" })
  const status = make("p", { className: "editor-suche__meldung", role: "status" })
  const input = make("input", {
    id: "arbeitsmittel_suche",
    className: "kern-form-input__input",
    autocomplete: "off",
    role: "combobox",
    "aria-expanded": "false",
    "aria-controls": list.id,
    "aria-autocomplete": "list",
  })
  const field = make("div", { className: "kern-form-input" }, [
    make("label", { className: "kern-label", for: input.id, textContent: "Nummer oder Wort" }),
    input,
  ])
  const cancel = button("Abbrechen", "secondary", { onclick: () => dialog.close() })
  const buttons = make("div", { className: "editor-dialog__knoepfe" }, [cancel])
  const dialog = openDialog("Arbeitsmittel einfügen", [field, status, list, buttons])
  let chosen = null
  dialog.addEventListener("close", () => {
    const chain = editor.chain().focus()
    if (chosen) chain.insertContent({ type: "text", text: chosen })
    chain.run()
  })
  const choose = (option) => {
    chosen = option.dataset.kennung
    dialog.close()
  }
  askWhileTyping(input, url, (answer) => show(answer, { input, list, status, choose }))
  chooseWithKeys(input, list, choose)
}

function askWhileTyping(input, url, answered) {
  let timer = 0
  let running = new AbortController()
  input.addEventListener("input", () => {
    clearTimeout(timer)
    running.abort()
    running = new AbortController()
    const { signal } = running
    timer = setTimeout(async () => {
      if (!input.value.trim()) return answered([])
      const found = await fetchHits(url, input.value, signal)
      if (!signal.aborted) answered(found)
    }, PAUSE)
  })
}

async function fetchHits(url, words, signal) {
  try {
    const address = new URL(url, document.baseURI)
    address.searchParams.set("q", words)
    const response = await fetch(address, { signal, headers: { Accept: "application/json" } })
    return response.ok && !response.redirected ? await response.json() : null
  } catch {
    return null
  }
}

function show(hits, { input, list, status, choose }) {
  list.replaceChildren(...(hits ?? []).map((hit, at) => makeOption(hit, at, choose)))
  const options = list.children
  input.setAttribute("aria-expanded", String(options.length > 0))
  mark(input, options, options.length ? 0 : -1)
  if (hits === null) status.textContent = "Die Suche antwortet gerade nicht. Sie können die Kennung auch selbst tippen."
  else if (!input.value.trim()) status.textContent = ""
  else if (!hits.length) status.textContent = "Kein Arbeitsmittel gefunden."
  else status.textContent = hits.length === 1 ? "1 Treffer" : `${hits.length} Treffer`
}

function makeOption({ kennung, titel, stand }, at, choose) {
  const option = make("li", { id: `arbeitsmittel_treffer_${at}`, role: "option", "data-kennung": kennung }, [
    make("strong", { textContent: kennung }),
    ...(titel ? [" ", make("span", { textContent: titel })] : []),
    ...(stand ? [" ", make("span", { className: "editor-suche__stand", textContent: `Stand ${stand}` })] : []),
  ])
  option.addEventListener("click", () => choose(option))
  return option
}

function mark(input, options, at) {
  for (const [number, option] of Array.from(options).entries()) {
    option.setAttribute("aria-selected", String(number === at))
    if (number === at) option.scrollIntoView({ block: "nearest" })
  }
  if (at >= 0) input.setAttribute("aria-activedescendant", options[at].id)
  else input.removeAttribute("aria-activedescendant")
}

const STEPS = { ArrowDown: 1, ArrowUp: -1 }

function chooseWithKeys(input, list, choose) {
  input.addEventListener("keydown", (event) => {
    const options = Array.from(list.children)
    const at = options.findIndex((option) => option.getAttribute("aria-selected") === "true")
    if (event.key === "Enter") {
      event.preventDefault()
      if (at >= 0) choose(options[at])
    } else if (event.key in STEPS && options.length) {
      event.preventDefault()
      mark(input, options, (at + STEPS[event.key] + options.length) % options.length)
    }
  })
}
