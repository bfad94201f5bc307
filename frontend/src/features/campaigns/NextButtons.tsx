import { Button } from '@mantine/core';
import { plural } from '@/lib/format';
import type { CampaignDocument } from '@/lib/generated/api';
import { CampaignMenu } from './CampaignMenu';
import type { Acts } from './useActs';
import type { useCampaignState } from './useCampaignState';

interface Props {
  doc: CampaignDocument;
  state: ReturnType<typeof useCampaignState>;
  acts: Acts;
}

/** The next step as the one filled button, and what else can be done. */
export function NextButtons({ doc, state, acts }: Props) {
  const running = state.sending.running || (state.status?.live ?? false);
  return (
    <>
      {!running && !state.fixed && (
        <Button disabled={state.gaps.length > 0} title={state.gaps[0]?.message} onClick={acts.test}>
          Send a test
        </Button>
      )}
      {running ? <Button onClick={acts.pause}>Pause</Button> : state.known && !state.checking.running && <NextButton state={state} acts={acts} />}
      <CampaignMenu slug={doc.slug} name={doc.campaign.name} sending={running} sent={state.fixed} />
    </>
  );
}

function NextButton({ state, acts }: Omit<Props, 'doc'>) {
  const { status } = state;
  const waiting = status?.counts.planned ?? 0;
  const said = wordsOfNext(state.next, state.next === 'send' ? state.check?.sends : state.audience?.permitted, waiting, status?.counts.unknown ?? 0, state.check !== null);
  if (!said) return null;
  const perform: Record<string, () => void> = {
    audience: () => acts.reveal('audience'),
    content: () => acts.reveal('content'),
    check: acts.check,
    mend: () => acts.reveal('check'),
    send: acts.ask,
    resume: acts.resume,
    decide: () => acts.reveal('send'),
  };
  return (
    <Button variant="filled" onClick={perform[state.next]} disabled={state.next === 'send' && !state.audience}>
      {said}
    </Button>
  );
}

/** The words of the next step; "" when there is none. */
export function wordsOfNext(next: string, people: number | undefined, waiting: number, unknown: number, checked: boolean): string {
  switch (next) {
    case 'audience':
      return 'Choose the audience';
    case 'content':
      return 'Complete the content';
    case 'check':
      return people === undefined ? 'Check' : `Check ${plural(people, 'message')}${checked ? ' again' : ''}`;
    case 'mend':
      return 'See what to mend';
    case 'send':
      return people === undefined ? 'Send…' : `Send to ${plural(people, 'person', 'people')}…`;
    case 'resume':
      return waiting > 0 ? `Go on: ${plural(waiting, 'message')} left` : 'Go on';
    case 'decide':
      return `Decide about ${plural(unknown, 'message')}`;
    default:
      return '';
  }
}
