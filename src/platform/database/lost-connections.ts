/** What of pg's pool and client is needed here; MikroORM brings them. */
interface Pool {
  on(event: 'connect', listener: (client: Client) => void): unknown;
}
interface Client {
  query(...args: unknown[]): Promise<unknown>;
  end(): Promise<void>;
}

/**
 * Has a connection that is lost within a transaction give its place in the pool back.
 *
 * Its rollback can only fail, and Kysely gives a connection back after a rollback that succeeded: each
 * transaction that a restart of the server interrupts would leave the pool one smaller, until nothing is left.
 * So a rollback that fails ends the connection and counts as done, which it is: the server undoes what a lost
 * connection had begun.
 */
export function reclaimLostConnections(pool: Pool): void {
  pool.on('connect', (client) => {
    const query = client.query.bind(client);
    client.query = (...args) => {
      const answer = query(...args);
      if (args[0] !== 'rollback') return answer;
      return answer.catch(async () => {
        await client.end().catch(() => undefined);
        return { command: 'ROLLBACK', rowCount: null, rows: [] };
      });
    };
  });
}
