import type { Context } from '../../platform/context.js';
import type { File } from './file.entity.js';
import { downloadExpiry, uploadExpiry } from './file.rules.js';
import type { FileDownload, FileUpload } from './file.types.js';
import { FileStatus } from './file.vocabulary.js';
import { linkTo } from './file-link.js';

/** How to bring the bytes of a file that the viewer announced; null where they are there already. */
export async function uploadOf({ desk }: Context, file: File): Promise<FileUpload | null> {
  if (file.status !== FileStatus.PENDING) return null;
  const expiresAt = uploadExpiry(desk.clock.now());
  return {
    url: await linkTo(desk, 'PUT', file.id, expiresAt),
    method: 'PUT',
    headers: [{ name: 'content-type', value: file.contentType }],
    expiresAt,
  };
}

/** A link to the bytes of a file that the viewer may see; null while they are not there. */
export async function downloadOf({ desk }: Context, file: File): Promise<FileDownload | null> {
  if (file.status !== FileStatus.STORED) return null;
  const expiresAt = downloadExpiry(desk.clock.now());
  return { url: await linkTo(desk, 'GET', file.id, expiresAt), expiresAt };
}
