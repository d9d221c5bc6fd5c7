/** What the head of an image file tells of an image in it. */
export interface ImageFile {
  /** What it is called: its file, and of several pages `file/1`, `file/2`, ... */
  readonly name: string;
  /** The file, by its path from the folder. */
  readonly file: string;
  /** Its page or frame, from 0; null where the file has one. */
  readonly page: number | null;
  /** Whether it is a frame, drawn over those before it. */
  readonly frame: boolean;
  /** As it is to be seen: turned the way its camera was held. */
  readonly height: number;
  readonly width: number;
  readonly grey: boolean;
  readonly alpha: boolean;
  readonly depth: ImageDepth;
  /** What reads it. */
  readonly by: "sharp" | "bmp" | "tiff";
}

/** Bits of a value; `deep`: whole numbers of 32 bits, numbers with a sign, and floating-point ones. */
export type ImageDepth = "8" | "16" | "deep";
