/** What a file may be called and be, for how long its links work, and how it is handed out. Pure. */
import { hasControlCharacters } from '../run/text.rules.js';

const MEDIA_TYPE = /^[\w!#$&^.+-]{1,63}\/[\w!#$&^.+-]{1,63}(?:; ?[\w-]{1,20}=[\w.-]{1,40})?$/;
/** They turn the direction of what follows, so that a name reads as another: `gpj.exe` as `exe.jpg`. */
const TURNS_DIRECTION = /[\u202A-\u202E\u2066-\u2069]/;
/** What ends a line for some reader, beside the control characters. */
const ENDS_LINE = /[\n\u2028\u2029]/;

export const MOST_NAME = 255;

/** A name and not a path, on one line: it may become the name of a file on somebody's disk. */
export function isFileName(name: unknown): name is string {
  return (
    typeof name === 'string' &&
    name.isWellFormed() &&
    name.trim() !== '' &&
    [...name].length <= MOST_NAME &&
    name !== '.' &&
    name !== '..' &&
    !/[/\\\t]/.test(name) &&
    !ENDS_LINE.test(name) &&
    !TURNS_DIRECTION.test(name) &&
    !hasControlCharacters(name)
  );
}

/** Whether this is a media type, with one parameter at most: `text/plain; charset=utf-8`. */
export function isMediaType(type: unknown): type is string {
  return typeof type === 'string' && MEDIA_TYPE.test(type);
}

/** A media type for comparing: nothing of it depends on the case of letters, or on white space. */
export function plainMediaType(type: string): string {
  return type.toLowerCase().replace(/\s/g, '');
}

const MINUTE = 60_000;
const UPLOAD_FOR = 15 * MINUTE;
const DOWNLOAD_WINDOW = 5 * MINUTE;
const DOWNLOAD_WINDOWS = 3;
const DAY = 24 * 60 * MINUTE;

/** Until when a link to upload works that is given now. */
export function uploadExpiry(now: Date): Date {
  return new Date(now.getTime() + UPLOAD_FOR);
}

/**
 * Until when a link to download works that is given now: for 10 to 15 minutes. It is the same for five
 * minutes on end, so that a list which is read again and again shows one link and not always another.
 */
export function downloadExpiry(now: Date): Date {
  const window = Math.floor(now.getTime() / DOWNLOAD_WINDOW);
  return new Date((window + DOWNLOAD_WINDOWS) * DOWNLOAD_WINDOW);
}

/** When it is looked whether something names a file that was announced, or looked at, now. */
export function lookAfter(now: Date): Date {
  return new Date(now.getTime() + DAY);
}

/**
 * The header content-disposition for saving a file under its name. Whatever the name holds, it is one
 * header of printable ASCII: a plain name for old readers, and the name itself encoded.
 * Source: RFC 6266, RFC 8187.
 */
export function attachment(name: string): string {
  const plain = name.replace(/[^\x20-\x7E]|["\\%]/gu, '_');
  const encoded = encodeURIComponent(name).replace(
    /['()*]/g,
    (letter) => `%${letter.charCodeAt(0).toString(16).toUpperCase()}`,
  );
  return `attachment; filename="${plain}"; filename*=UTF-8''${encoded}`;
}
