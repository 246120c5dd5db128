// A form with a long text is only sent where it will be taken: the session may be over, or the form outdated because of
// a sign-in in another window. Marked by data-sitzung; without this script the server answers as ever.

const checked = new WeakSet()

/** The page as the server gives it now, or null where it leads to the sign-in. */
async function freshPage() {
  const answer = await fetch(location.href, { credentials: "same-origin", headers: { Accept: "text/html" } })
  if (new URL(answer.url).pathname !== location.pathname) return null
  return new DOMParser().parseFromString(await answer.text(), "text/html")
}

function tellToSignIn(form) {
  const note = form.querySelector("[data-sitzung-hinweis]")
  note.hidden = false
  note.focus()
}

async function sendWhereItIsTaken(form, submitter) {
  try {
    const page = await freshPage()
    if (page === null) return tellToSignIn(form)
    const token = page.querySelector("input[name=csrfmiddlewaretoken]")
    if (token) form.elements.csrfmiddlewaretoken.value = token.value
  } catch {
    // No answer: the browser says so itself when the form is sent.
  }
  checked.add(form)
  form.requestSubmit(submitter)
}

for (const form of document.querySelectorAll("form[data-sitzung]")) {
  form.addEventListener(
    "submit",
    (event) => {
      if (checked.delete(form)) return
      event.preventDefault()
      event.stopImmediatePropagation()
      sendWhereItIsTaken(form, event.submitter)
    },
    { capture: true },
  )
}
