import { createContext, use, useCallback, useEffect, useMemo, useRef, useState, type ComponentType, type ReactNode } from 'react';
import { typing, written } from './keys';

/**
 * What a person can do, as data: the palette, the keyboard, menus and the list
 * of shortcuts all read the same actions. A page adds its own with useActions
 * for as long as it is shown.
 */
export interface Action {
  /** Unique and stable: "segment.new". */
  name: string;
  /** In the words of the product: "New segment". */
  label: string;
  perform: () => void;
  /** Keys, as lib/keys writes them: "mod+k", "g c", "n". */
  keys?: string;
  /** Head under which menus and the list of shortcuts show it. */
  section?: string;
  icon?: ComponentType<{ size?: number | string; stroke?: number | string }>;
  /** Other words that find it in the palette. */
  keywords?: string[];
  /** Left out while true. */
  disabled?: boolean;
}

interface Registry {
  actions: Action[];
  add: (owner: symbol, actions: Action[]) => void;
  remove: (owner: symbol) => void;
}

const ActionsContext = createContext<Registry | null>(null);

/** How long the second key of a sequence is waited for, in milliseconds. */
const sequencePause = 900;

/** Holds the actions and listens to the keyboard. */
export function ActionsProvider({ children }: { children: ReactNode }) {
  const [owners, setOwners] = useState<ReadonlyMap<symbol, Action[]>>(new Map());
  const add = useCallback((owner: symbol, actions: Action[]) => setOwners((m) => new Map(m).set(owner, actions)), []);
  const remove = useCallback((owner: symbol) => {
    setOwners((m) => {
      const rest = new Map(m);
      rest.delete(owner);
      return rest;
    });
  }, []);
  const actions = useMemo(() => latestByName([...owners.values()].flat()), [owners]);
  useKeyboard(actions);
  const registry = useMemo(() => ({ actions, add, remove }), [actions, add, remove]);
  return <ActionsContext value={registry}>{children}</ActionsContext>;
}

/** All actions that can be done now. */
export function useAllActions(): Action[] {
  return useRegistry().actions;
}

/**
 * Adds actions while the component is mounted. They are compared by what they
 * show; what they perform is always the newest closure.
 */
export function useActions(actions: Action[]): void {
  const { add, remove } = useRegistry();
  const [owner] = useState(() => Symbol('actions'));
  const newest = useRef(actions);
  useEffect(() => {
    newest.current = actions;
  });
  const shown = JSON.stringify(actions.map((a) => [a.name, a.label, a.keys, a.section, a.keywords, a.disabled]));
  useEffect(() => {
    add(
      owner,
      newest.current.map((a) => ({ ...a, perform: () => newest.current.find((b) => b.name === a.name)?.perform() })),
    );
  }, [add, owner, shown]);
  useEffect(() => () => remove(owner), [remove, owner]);
}

function useRegistry(): Registry {
  const registry = use(ActionsContext);
  if (!registry) throw new Error('actions are used outside of their provider');
  return registry;
}

/** A page's action replaces the shell's of the same name. */
function latestByName(all: Action[]): Action[] {
  return [...new Map(all.filter((a) => !a.disabled).map((a) => [a.name, a])).values()];
}

function useKeyboard(actions: Action[]): void {
  useEffect(() => {
    let first: { stroke: string; at: number } | null = null;
    const onKey = (event: KeyboardEvent) => {
      const stroke = written(event);
      if (stroke === '' || event.defaultPrevented || event.isComposing || typing(event)) return;
      if (!/mod|escape/.test(stroke) && document.querySelector('[role="dialog"][aria-modal="true"]')) return;
      const sequence = first && event.timeStamp - first.at < sequencePause ? `${first.stroke} ${stroke}` : stroke;
      first = null;
      const action = actions.findLast((a) => a.keys === sequence) ?? actions.findLast((a) => a.keys === stroke);
      if (action) {
        event.preventDefault();
        action.perform();
      } else if (actions.some((a) => a.keys?.startsWith(`${stroke} `))) {
        first = { stroke, at: event.timeStamp };
      }
    };
    window.addEventListener('keydown', onKey);
    return () => window.removeEventListener('keydown', onKey);
  }, [actions]);
}
