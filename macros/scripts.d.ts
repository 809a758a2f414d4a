// What the build writes for the scripts (macros/scripts.py) and what they bring along, for the type checker.

type KitWhen = { first_meeting?: number; last_meeting?: number; meeting?: number; after_meetings?: number[] };

type KitSession = {
  id: string;
  title: string;
  /** Its place among the meetings of a pair, from 1; 0 for an event. */
  number: number;
  roles: string[];
  when: KitWhen;
  /** By length in minutes: from, to and title of each item. */
  agendas: Record<string, [number, number, string][]>;
  length: number;
  sheets: string[];
};

type KitItem = {
  id: string;
  phase: string;
  text: string;
  roles: string[];
  session: string;
  every: boolean;
  when: KitWhen | null;
  moment: "before" | "during" | "after" | "";
  days: number;
  minutes: number;
  help: string;
};

type KitProgramme = {
  organisation: {
    name: string; programme: string; start: string; time: string; cadence: number; minutes: number;
    paper: string; zone: string; holidays: [string, string][];
  };
  roles: Record<string, string>;
  phases: { id: string; title: string; starts: KitWhen; ends: KitWhen }[];
  sessions: KitSession[];
  milestones: { id: string; title: string; roles: string[]; when: KitWhen; minutes: number }[];
  items: KitItem[];
  sheets: Record<string, { title: string; copies: string }>;
  modules: Record<string, { title: string; minutes: number }>;
  scenarios: Record<string, string>;
  paths: Record<string, { modules: string[]; scenarios: string[] }>;
};

type KitLabel = { label: string; options?: Record<string, string>; cells?: Record<string, string> };

declare const kitProgramme: KitProgramme;
declare const kitWords: Record<string, string | (Partial<Record<Intl.LDMLPluralRule, string>> & { other: string })>;
declare const kitLabels: {
  sheets: Record<string, Record<string, KitLabel>>;
  quizzes: Record<string, Record<string, KitLabel>>;
  items: Record<string, string>;
};
declare const kitZones: { names: Record<string, number>; rules: string[][] };
declare const kitPages: { url: string; title: string; text: string }[];

declare class MiniSearch {
  constructor(options: object);
  addAll(pages: object[]): void;
  search(query: string): { id: string; title: string; text: string; terms: string[] }[];
}
