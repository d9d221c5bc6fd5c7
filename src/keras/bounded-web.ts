/** Does something; a browser can only end the whole page, and asks its visitor. */
export const bounded = <T>(_: number, work: () => T): T => work();
