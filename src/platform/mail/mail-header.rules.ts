/** What may stand in the header of a mail. Pure. */

/** Text as one line: line ends and control characters, which could forge further headers, become spaces. */
export function headerText(text: string): string {
  return text.replace(/[\p{Cc}\s]+/gu, ' ').trim();
}

/** Whether it is one plain address: no second recipient, display name, quoting or line end fits in. */
export function isOneAddress(text: string): boolean {
  return text.length <= 320 && /^[^\p{Cc}\s@<>()[\],;:\\"]+@[^\p{Cc}\s@<>()[\],;:\\"]+$/u.test(text);
}

/** Whom a mail is from or to: a name for people, which may be empty, and one plain address. */
export interface MailAddress {
  name: string;
  address: string;
}

/** Reads `address` or `Name <address>`; null for anything else. */
export function mailAddress(text: string): MailAddress | null {
  const open = text.indexOf('<');
  const close = text.indexOf('>');
  const plain = open < 0 && close < 0;
  if (!plain && (open < 0 || close !== text.trimEnd().length - 1)) return null;
  const address = (plain ? text : text.slice(open + 1, close)).trim();
  const name = plain ? '' : headerText(text.slice(0, open)).replace(/^"|"$/g, '');
  return isOneAddress(address) ? { name, address } : null;
}

/** The address with a token: `support+token@example.com`, which mail servers deliver as `support@…`. */
export function withToken(address: string, token: string): string {
  const at = address.lastIndexOf('@');
  return `${address.slice(0, at)}+${token}${address.slice(at)}`;
}

/**
 * Whether an address is the desk's own, and which token it carries.
 * @returns null for another's address; the token, '' for none
 */
export function tokenIn(address: string, own: string): string | null {
  const given = address.trim().toLowerCase();
  const at = own.lastIndexOf('@');
  const [local, domain] = [own.slice(0, at).toLowerCase(), own.slice(at).toLowerCase()];
  if (given === local + domain) return '';
  if (!given.endsWith(domain) || !given.startsWith(`${local}+`)) return null;
  return given.slice(local.length + 1, given.length - domain.length);
}
