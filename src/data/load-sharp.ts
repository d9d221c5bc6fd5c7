/** sharp, loaded when an image is first read or written: that takes longer than all of the command line's own code. */
export const loadSharp = async () => (await import("sharp")).default;
