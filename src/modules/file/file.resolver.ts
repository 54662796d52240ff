import { Arg, Ctx, FieldResolver, Mutation, Resolver, Root } from 'type-graphql';
import { Access } from '../../platform/auth/access.js';
import type { Context } from '../../platform/context.js';
import { payload } from '../../platform/graphql/user-error.js';
import { Actor, actorOf } from '../directory/actor.js';
import { Ticket } from '../ticket/ticket.entity.js';
import { ticketById } from '../ticket/ticket.scope.js';
import { File } from './file.entity.js';
import { CreateUploadInput, CreateUploadPayload } from './file.input.js';
import { createUpload } from './file.service.js';
import { FileDownload } from './file.types.js';
import { downloadOf, uploadOf } from './link.service.js';

@Resolver(() => File)
export class FileResolver {
  @Access('SIGNED_IN')
  @Mutation(() => CreateUploadPayload, {
    description:
      'Announces a file of a ticket and says how to bring its bytes. Nothing shows it before something names it: a message, or an answer to a FILE field.',
  })
  createUpload(
    @Ctx() ctx: Context,
    @Arg('input', () => CreateUploadInput, { description: 'Where and what.' }) input: CreateUploadInput,
  ) {
    return payload(async () => {
      const file = await createUpload(ctx, input);
      return { file, upload: await uploadOf(ctx, file) };
    });
  }

  @FieldResolver(() => Ticket, { nullable: true, description: 'The ticket it is of.' })
  ticket(@Ctx() ctx: Context, @Root() file: File) {
    return ctx.load(ticketById, file.ticketId);
  }

  @FieldResolver(() => Actor, {
    nullable: true,
    description: 'Who announced it; null where it is somebody whom the viewer may not see.',
  })
  uploadedBy(@Ctx() ctx: Context, @Root() file: File) {
    return actorOf(ctx, file.uploadedById);
  }

  @FieldResolver(() => FileDownload, {
    nullable: true,
    description: 'A link to its bytes, which works for some minutes; null while it is PENDING.',
  })
  download(@Ctx() ctx: Context, @Root() file: File) {
    return downloadOf(ctx, file);
  }
}
