// Citations while writing. A textarea with `data-zitate-url` gets a list below it: the address is asked with a POST of
// `text` and answers with HTML. What needs a look carries `data-pruefen` there; that is counted for screen readers.

const PAUSE = 600 // ms after the last change
const FAILED = "Die Zitate lassen sich gerade nicht prüfen."

function watch(textarea) {
  const name = textarea.labels[0]?.textContent.trim().replace(/[:*]+$/, "") ?? "Text"
  const box = document.createElement("section")
  box.className = "zitate-live"
  box.setAttribute("aria-label", `Zitate: ${name}`)
  box.hidden = true
  const list = document.createElement("div")
  const status = document.createElement("p")
  status.className = "kern-sr-only"
  status.setAttribute("role", "status")
  box.append(list)
  textarea.after(box, status)

  let timer = 0
  let running = new AbortController()
  let asked = null
  const later = (pause) => {
    clearTimeout(timer)
    timer = setTimeout(ask, pause)
  }
  const ask = async () => {
    if (textarea.value === asked) return
    asked = textarea.value
    running.abort()
    running = new AbortController()
    const { signal } = running
    box.setAttribute("aria-busy", "true")
    const html = await fetchCitations(textarea, signal)
    if (signal.aborted) return
    box.removeAttribute("aria-busy")
    if (html === null) asked = null // the next change, or the same text, asks again
    show(html, { box, list, status })
  }
  textarea.addEventListener("input", () => later(PAUSE))
  // What is there already is asked for when somebody turns to it: seven fields are seven questions.
  const field = textarea.closest(".editor") ?? textarea
  field.addEventListener("focusin", () => {
    if (asked === null && textarea.value) later(0)
  })
}

async function fetchCitations(textarea, signal) {
  const token = textarea.form?.elements.csrfmiddlewaretoken?.value ?? ""
  try {
    const response = await fetch(textarea.dataset.zitateUrl, {
      method: "POST",
      body: new URLSearchParams({ text: textarea.value }),
      headers: { "X-CSRFToken": token },
      signal,
    })
    // Redirected is the sign-in page: the session has ended.
    return response.ok && !response.redirected ? await response.text() : null
  } catch {
    return null
  }
}

function show(html, { box, list, status }) {
  if (html === null) list.textContent = FAILED
  else list.innerHTML = html
  box.hidden = !list.textContent.trim()
  const sentence = html === null ? FAILED : summary(list)
  if (sentence !== status.textContent) status.textContent = sentence
}

function summary(list) {
  const found = list.querySelectorAll("li").length
  const doubtful = list.querySelectorAll("[data-pruefen]").length
  if (!found) return ""
  return `${found === 1 ? "1 Zitat" : `${found} Zitate`} erkannt${doubtful ? `, ${doubtful} zu prüfen` : ""}`
}

document.querySelectorAll("textarea[data-zitate-url]").forEach(watch)
document.addEventListener("formset:added", ({ target }) => {
  target.querySelectorAll("textarea[data-zitate-url]").forEach(watch)
})
