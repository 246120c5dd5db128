// Small forms in a dialog. They hang on the page and not in its form, so that nothing of them is sent along.

let number = 0

/** A new element; `properties` are set on it, those with a hyphen as attributes. */
export function make(tag, properties = {}, children = []) {
  const element = document.createElement(tag)
  for (const [name, value] of Object.entries(properties)) {
    if (name.includes("-") || name === "role" || name === "for") element.setAttribute(name, value)
    else element[name] = value
  }
  element.append(...children)
  return element
}

export const button = (label, kind, properties = {}) =>
  make("button", { type: "button", className: `kern-btn kern-btn--${kind}`, ...properties }, [
    make("span", { className: "kern-label", textContent: label }),
  ])

/** An open dialog with a title; it is gone as soon as it is closed. */
export function openDialog(title, content) {
  const id = `dialog_titel_${++number}`
  const heading = make("h2", { id, className: "editor-dialog__titel", textContent: title })
  const dialog = make("dialog", { className: "editor-dialog", "aria-labelledby": id }, [heading, ...content])
  document.body.append(dialog)
  dialog.addEventListener("close", () => dialog.remove())
  dialog.showModal()
  return dialog
}

const CONTROLS = { select: selectField, checkbox: checkboxField }

/**
 * Ask for some values. Returns a promise of {name: value}, of the name of one of the `actions` (buttons beside
 * the first one), or of null if the person cancels.
 *
 * fields: [{name, label, type, value, hint, options, min, max, required, check}]; check returns a sentence or nothing.
 */
export function ask({ title, submit, fields, actions = {} }) {
  const prefix = `dialog_${number + 1}_`
  const shown = fields.map((field) => ({ ...field, ...(CONTROLS[field.type] ?? inputField)(field, prefix + field.name) }))
  return new Promise((resolve) => {
    let answer = null
    const finish = (value) => {
      answer = value
      dialog.close()
    }
    const others = Object.entries(actions).map(([name, label]) =>
      button(label, "tertiary", { onclick: () => finish(name) }),
    )
    const form = make("form", { noValidate: true, className: "editor-dialog__form" }, [
      ...shown.map(({ row }) => row),
      make("div", { className: "editor-dialog__knoepfe" }, [
        button(submit, "primary", { type: "submit" }),
        button("Abbrechen", "secondary", { onclick: () => finish(null) }),
        ...others,
      ]),
    ])
    form.addEventListener("submit", (event) => {
      event.preventDefault()
      const wrong = shown.filter((field) => complain(field))
      if (wrong.length) wrong[0].control.focus()
      else finish(Object.fromEntries(shown.map(({ name, read }) => [name, read()])))
    })
    const dialog = openDialog(title, [form])
    dialog.addEventListener("close", () => resolve(answer))
    shown[0].control.select?.()
  })
}

function complain({ control, row, read, label, required, min, max, check }) {
  row.querySelector(".kern-error")?.remove()
  control.removeAttribute("aria-invalid")
  const value = read()
  const sentence =
    (required && !value && `${label}: Bitte ausfüllen.`) ||
    (max !== undefined && !(value >= min && value <= max) && `${label}: Bitte eine Zahl von ${min} bis ${max} eingeben.`) ||
    check?.(value)
  if (!sentence) return false
  const id = `${control.id}_fehler`
  row.append(
    make("p", { id, className: "kern-error", role: "alert" }, [
      make("span", { className: "kern-icon kern-icon--danger", "aria-hidden": "true" }),
      make("span", { className: "kern-body", textContent: sentence }),
    ]),
  )
  control.setAttribute("aria-invalid", "true")
  control.setAttribute("aria-describedby", [control.dataset.hinweis, id].filter(Boolean).join(" "))
  return true
}

const labelFor = (label, id) => make("label", { className: "kern-label", for: id, textContent: label })

function hintFor(hint, control) {
  if (!hint) return []
  const id = `${control.id}_hinweis`
  control.dataset.hinweis = id
  control.setAttribute("aria-describedby", id)
  return [make("div", { id, className: "kern-hint", textContent: hint })]
}

function inputField({ label, type = "text", value = "", hint, min, max }, id) {
  const control = make("input", { id, type, value, className: "kern-form-input__input", autocomplete: "off" })
  if (type === "number") Object.assign(control, { min, max, inputMode: "numeric" })
  const read = () => (type === "number" ? Number.parseInt(control.value, 10) : control.value.trim())
  const row = make("div", { className: "kern-form-input" }, [labelFor(label, id), ...hintFor(hint, control), control])
  return { control, read, row }
}

function selectField({ label, value, options }, id) {
  const choices = Object.entries(options).map(([key, text]) => make("option", { value: key, textContent: text }))
  const control = make("select", { id, className: "kern-form-input__select" }, choices)
  control.value = value
  const wrapper = make("div", { className: "kern-form-input__select-wrapper" }, [control])
  const row = make("div", { className: "kern-form-input" }, [labelFor(label, id), wrapper])
  return { control, read: () => control.value, row }
}

function checkboxField({ label, value }, id) {
  const control = make("input", { id, type: "checkbox", checked: value, className: "kern-form-check__checkbox" })
  const row = make("div", { className: "kern-form-check" }, [
    control,
    make("label", { className: "kern-label", for: id, textContent: label }),
  ])
  return { control, read: () => control.checked, row }
}
