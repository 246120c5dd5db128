// Forms that must not be lost or sent twice. The marks stand on the form or on any element in it:
//   data-warnt-vor-verlassen  leaving with unsaved changes asks back
//   data-ungespeichert        what the form shows is unsaved from the start (it came back with errors)
//   data-einmal               the buttons are off after the first submit

const formsWith = (mark) => new Set(Array.from(document.querySelectorAll(`[${mark}]`), (element) => element.closest("form")))

/** Everything that would be sent, as one string. */
function contentOf(form) {
  const values = Array.from(new FormData(form), ([name, value]) =>
    value instanceof File ? [name, value.name, value.size] : [name, value],
  )
  return JSON.stringify(values.filter(([name]) => name !== "csrfmiddlewaretoken"))
}

const staysHere = (form, submitter) => ["", "_self"].includes(submitter?.formTarget || form.target)

function warn(form) {
  const stored = contentOf(form)
  const unsaved = form.matches(":has([aria-invalid='true'], [data-ungespeichert])") || "ungespeichert" in form.dataset
  let leaving = false
  form.addEventListener("submit", (event) => {
    leaving = !event.defaultPrevented && staysHere(form, event.submitter)
  })
  window.addEventListener("pageshow", ({ persisted }) => {
    if (persisted) leaving = false
  })
  window.addEventListener("beforeunload", (event) => {
    if (!leaving && (unsaved || contentOf(form) !== stored)) event.preventDefault()
  })
}

function once(form) {
  let sent = false
  const buttonsOf = () => Array.from(form.elements).filter((control) => ["submit", "image"].includes(control.type))
  let switchedOff = []
  form.addEventListener("submit", (event) => {
    if (sent) return event.preventDefault()
    if (event.defaultPrevented || !staysHere(form, event.submitter)) return
    sent = true
    form.setAttribute("aria-busy", "true")
    // Afterwards: a button that is off would not be sent along, and with it which one was pressed.
    setTimeout(() => {
      switchedOff = buttonsOf().filter((control) => !control.disabled)
      for (const control of switchedOff) control.disabled = true
    })
  })
  window.addEventListener("pageshow", ({ persisted }) => {
    if (!persisted) return
    sent = false
    form.removeAttribute("aria-busy")
    for (const control of switchedOff) control.disabled = false
  })
}

formsWith("data-warnt-vor-verlassen").forEach(warn)
formsWith("data-einmal").forEach(once)
