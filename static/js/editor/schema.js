// The editor's document is the schema of portal/text: nothing more can be typed, nothing less may be lost.

import {
  Bold,
  BulletList,
  Document,
  Dropcursor,
  Gapcursor,
  HardBreak,
  Heading,
  History,
  Italic,
  Link,
  Paragraph,
  Text,
} from "django-prose-editor/editor"
import { isAllowedLink } from "portal/editor/links"
import { ListItem, OrderedList } from "portal/editor/lists"
import { Kasten, Wortlaut } from "portal/editor/nodes"
import { CaptionedTable, Table, TableCaption, TableCell, TableHeader, TableRow } from "portal/editor/tables"

export const EXTENSIONS = [
  Document,
  Paragraph,
  Text,
  Heading.configure({ levels: [2, 3, 4] }),
  HardBreak,
  BulletList,
  OrderedList,
  ListItem,
  Kasten,
  CaptionedTable,
  TableCaption,
  Table,
  TableRow,
  TableHeader,
  TableCell,
  Wortlaut,
  Link.configure({
    autolink: false, // a Kennung with a full stop is no address
    linkOnPaste: false,
    openOnClick: false,
    HTMLAttributes: { target: null, rel: null, class: null },
    isAllowedUri: isAllowedLink,
  }),
  Bold,
  Italic,
  History,
  Dropcursor,
  Gapcursor,
]
