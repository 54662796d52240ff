/** Asks the desk something. @returns the data of the answer */
export type Ask = <Data>(query: string, variables: object) => Promise<Data>;

interface Announced {
  createUpload: {
    file: { id: string } | null;
    upload: { url: string; method: string; headers: { name: string; value: string }[] } | null;
    userErrors: { message: string }[];
  };
}

/** Uploads a file for a ticket. @returns its id, for answers */
export async function upload(ask: Ask, ticketId: string, file: File): Promise<string> {
  const { name: fileName, size } = file;
  const contentType = file.type || 'application/octet-stream';
  const { createUpload } = await ask<Announced>(
    `mutation CreateUpload($input: CreateUploadInput!) {
      createUpload(input: $input) {
        file { id }
        upload { url method headers { name value } }
        userErrors { message }
      }
    }`,
    { input: { ticketId, fileName, contentType, size, idempotencyKey: crypto.randomUUID() } },
  );
  const { file: made, upload: request, userErrors } = createUpload;
  if (!made || !request) throw new Error(userErrors[0]?.message);
  const { url, method, headers } = request;
  const response = await fetch(url, {
    method,
    headers: headers.map(({ name, value }): [string, string] => [name, value]),
    body: file,
  });
  if (!response.ok) throw new Error(`The file was not taken: ${await response.text()}`);
  return made.id;
}
