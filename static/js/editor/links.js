// Which links a text may have: the rule of portal/text/schema.py, so that nobody learns it only when saving.

const ALLOWED = /^(?:https?:\/\/[^/?#]|mailto:.|tel:.|#|\/(?!\/))/i
const CONTROLS = /[\u0000-\u001f\u007f-\u009f]/

export const LINK_RULE =
  "Möglich sind https://, http://, mailto:, tel:, Pfade mit / am Anfang und Sprungmarken mit #."

export const isAllowedLink = (address) =>
  Boolean(address) && ALLOWED.test(address) && !address.includes("\\") && !CONTROLS.test(address)
