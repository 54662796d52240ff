/** What text from outside may contain. Pure. */

/**
 * Whether there are control characters other than line feed and tab. They forge headers, hide in logs,
 * and the database refuses the first of them.
 */
export function hasControlCharacters(text: string): boolean {
  // biome-ignore lint/suspicious/noControlCharactersInRegex: they are what is looked for
  return /[\u0000-\u0008\u000B-\u001F\u007F-\u009F]/.test(text);
}

/** Whether it is an absolute http or https address: nothing that a browser would run. */
export function isWebAddress(text: string): boolean {
  // The parser itself forgives white space and missing slashes, which other readers of the address don't.
  return /^https?:\/\/[^\s\\]+$/i.test(text) && URL.canParse(text);
}
