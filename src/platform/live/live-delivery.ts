import type { Viewer } from '../auth/viewer.js';
import type { EventLog } from '../events/event-log.js';
import type { LiveHub } from '../events/live-hub.js';
import type { Log } from '../log.js';
import { Group } from './group.js';
import type { LiveStream } from './live-stream.js';
import type { Operation } from './operation.js';
import type { Outlet } from './outlet.js';
import { type Delivery, Subscriber } from './subscriber.js';

/** How often it is looked for groups that have heard nothing for long, in milliseconds. */
const LOOK_EVERY = 1_000;

/** Delivers live streams to the subscribers of a node. */
export class LiveDelivery implements Delivery {
  private readonly groups = new Map<string, Group>();
  private beating: NodeJS.Timeout | undefined;

  /** @param heartbeat after how long without a delivery subscribers are told the place of the log, in milliseconds */
  constructor(
    readonly hub: LiveHub,
    readonly eventLog: EventLog,
    private readonly heartbeat: number,
    private readonly log: Log,
  ) {}

  start(): void {
    this.beating = setInterval(() => this.beat(), Math.min(LOOK_EVERY, this.heartbeat)).unref();
  }

  stop(): void {
    clearInterval(this.beating);
  }

  /**
   * @param key of the operation and its lasting variables
   * @param onEnd called once, whatever ends the subscription
   */
  open(
    operation: Operation,
    stream: LiveStream,
    key: string,
    outlet: Outlet,
    viewer: Viewer,
    onEnd: (subscriber: Subscriber) => void,
  ): Subscriber {
    const whole = `${key}\n${JSON.stringify(stream.interest.keys)}`;
    return new Subscriber(this, operation, stream, whole, outlet, viewer, onEnd);
  }

  groupOf({ key, operation, stream }: Subscriber): Group {
    const found = this.groups.get(key);
    if (found) return found;
    const group = new Group(operation, stream, (empty) => {
      this.hub.detach(empty);
      if (this.groups.get(key) === empty) this.groups.delete(key);
    });
    this.groups.set(key, group);
    this.hub.attach(group);
    return group;
  }

  onFailure(error: unknown): void {
    this.log.error({ err: error }, 'A live delivery failed; its subscriber is told to come back');
  }

  private beat(): void {
    const { position } = this.hub;
    const now = performance.now();
    for (const group of this.groups.values())
      if (now - group.heardAt >= this.heartbeat) group.beat(position, this.eventLog.cursors.encode(position));
  }
}
