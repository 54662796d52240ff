/** What may stand in the header of a mail. Pure. */

/** Text as one line: line ends and control characters, which could forge further headers, become spaces. */
export function headerText(text: string): string {
  return text.replace(/[\p{Cc}\s]+/gu, ' ').trim();
}

/** Whether it is one plain address: no second recipient, display name, quoting or line end fits in. */
export function isOneAddress(text: string): boolean {
  return text.length <= 320 && /^[^\p{Cc}\s@<>()[\],;:\\"]+@[^\p{Cc}\s@<>()[\],;:\\"]+$/u.test(text);
}
