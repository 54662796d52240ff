import { Migration } from '@mikro-orm/migrations';

/** Who edited a report since it was drafted. */
export class Migration0008 extends Migration {
  override up(): void {
    this.addSql(`alter table "report" add "edited_by_ids" text[] not null default '{}'`);
    this.addSql(`alter table "report" alter column "edited_by_ids" drop default`);
  }
}
