import { useMutation, useQueryClient } from '@tanstack/react-query';
import { said, failed } from '@/components/toast/toast';
import { plural } from '@/lib/format';
import { Campaigns } from '@/lib/generated/api';
import { campaignsChanged } from '../api';

export type Verdict = 'accepted' | 'resend' | 'drop';

/** How many messages one call asks for or decides about. */
const atOnce = 500;

/** The numbers of all messages of a state. */
async function idsOf(slug: string, state: string): Promise<number[]> {
  const ids: number[] = [];
  for (;;) {
    const page = await Campaigns.messages(slug, state, '', ids.length, atOnce);
    ids.push(...page.rows.map((m) => m.id));
    if (page.rows.length === 0 || ids.length >= page.total) return ids;
  }
}

const done: Record<Verdict, (n: number) => string> = {
  accepted: (n) => `${plural(n, 'message counts', 'messages count')} as accepted.`,
  resend: (n) => `${plural(n, 'message waits', 'messages wait')} to be sent again; go on with the sending when you are ready.`,
  drop: (n) => `${plural(n, 'message is', 'messages are')} given up.`,
};

/** Decides about messages: some by their numbers, or all of a state. */
export function useResolve(slug: string) {
  const client = useQueryClient();
  return useMutation({
    mutationFn: async ({ which, verdict }: { which: number[] | string; verdict: Verdict }) => {
      const ids = typeof which === 'string' ? await idsOf(slug, which) : which;
      let moved = 0;
      for (let i = 0; i < ids.length; i += atOnce) moved += await Campaigns.resolve(ids.slice(i, i + atOnce), verdict);
      return moved;
    },
    onSuccess: (moved, { verdict }) => said(done[verdict](moved)),
    onError: (e) => failed(e, 'It was not written down'),
    onSettled: () => campaignsChanged(client),
  });
}
