import {
  Calendar,
  Clock,
  EyeOff,
  Fingerprint,
  Flag,
  GraduationCap,
  Hash,
  Scale,
  Tags,
  TextInitial,
  ToggleLeft,
} from "@lucide/vue";
import type { Component } from "vue";
import type { ColumnType, Role } from "./options.ts";

/** A sign for each type of a column, never without its word for those who listen. */
export const typeSigns: Readonly<Record<ColumnType, Component>> = {
  number: Hash,
  category: Tags,
  boolean: ToggleLeft,
  date: Calendar,
  text: TextInitial,
};

export const roleSigns: Readonly<Record<Role, Component>> = {
  feature: GraduationCap,
  label: Flag,
  id: Fingerprint,
  time: Clock,
  weight: Scale,
  ignore: EyeOff,
};
