// The little of Node that the tests use. The types of Node itself would also change what the page's own
// scripts mean (setTimeout gives a number in a browser), and those are checked in the same run.

declare module "node:test" {
  type Body = () => void | Promise<void>;
  export function test(name: string, body: Body): Promise<void>;
  export function before(body: Body): void;
  export function after(body: Body): void;
  export function beforeEach(body: Body): void;
  export function afterEach(body: Body): void;
  export const mock: {
    timers: {
      enable(options?: { apis?: string[]; now?: number }): void;
      tick(milliseconds: number): void;
      reset(): void;
    };
  };
}

declare module "node:assert/strict" {
  type Thrown = RegExp | object | ((error: unknown) => boolean);
  interface Assert {
    ok(value: unknown, message?: string): asserts value;
    equal(actual: unknown, expected: unknown, message?: string): void;
    notEqual(actual: unknown, expected: unknown, message?: string): void;
    deepEqual(actual: unknown, expected: unknown, message?: string): void;
    notDeepEqual(actual: unknown, expected: unknown, message?: string): void;
    match(value: string, pattern: RegExp, message?: string): void;
    throws(body: () => unknown, expected?: Thrown, message?: string): void;
    rejects(body: Promise<unknown> | (() => Promise<unknown>), expected?: Thrown): Promise<void>;
    fail(message?: string): never;
  }
  const assert: Assert;
  export default assert;
}
