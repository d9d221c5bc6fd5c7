/**
 * The key that the printed address brings behind its #. It leaves the address and the history at once: this file comes before
 * the router, which would keep where it began.
 */
export const token: string | null = new URLSearchParams(location.hash.slice(1)).get("token");
if (token !== null) history.replaceState(null, "", location.pathname + location.search);
