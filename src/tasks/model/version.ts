/** The version of this package; a test holds it equal to package.json, which a bundle does not have. */
export const espejoVersion: string = "0.1.0";
