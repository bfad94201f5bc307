import { useQueryClient } from '@tanstack/react-query';
import { IconPlayerPause, IconSend, IconShieldCheck, IconTestPipe } from '@tabler/icons-react';
import { failed } from '@/components/toast/toast';
import { useActions } from '@/lib/actions';
import { Campaigns, Jobs, type JobStarted } from '@/lib/generated/api';
import { failureOf } from '@/lib/jobs';
import { campaignsChanged } from './api';
import type { StepName } from './steps';
import type { useCampaignState } from './useCampaignState';

type State = ReturnType<typeof useCampaignState>;

interface Ways {
  reveal: (name: StepName) => void;
  ask: () => void;
  test: () => void;
}

export interface Acts extends Ways {
  check: () => void;
  send: () => void;
  resume: () => void;
  pause: () => void;
}

/** What a person does with a campaign, from buttons, the keyboard and the palette. */
export function useActs(slug: string, state: State, ways: Ways): Acts {
  const client = useQueryClient();
  const acts: Acts = {
    ...ways,
    check: () => {
      ways.reveal('check');
      state.checking.start(() => Campaigns.check(slug));
    },
    send: () => {
      ways.reveal('send');
      state.sending.start(() => (state.recompose ? composeAnew(slug) : Campaigns.send(slug, 0)));
    },
    resume: () => {
      ways.reveal('send');
      state.sending.start(() => Campaigns.resume(slug));
    },
    pause: () => {
      Campaigns.pause(slug).then(
        () => campaignsChanged(client),
        (e: unknown) => {
          // Nothing is sent yet while messages are being composed: that work is given up instead.
          if (state.sending.running) state.sending.cancel();
          else failed(e, 'It could not be paused');
        },
      );
    },
  };
  const running = state.sending.running || (state.status?.live ?? false);
  useActions([
    { name: 'campaign.check', label: 'Check the campaign', keys: 'c', section: 'Campaign', icon: IconShieldCheck, disabled: state.fixed || state.gaps.length > 0 || state.checking.running, perform: acts.check },
    { name: 'campaign.send', label: 'Send the campaign…', section: 'Campaign', icon: IconSend, disabled: state.next !== 'send' || running, perform: acts.ask },
    { name: 'campaign.test', label: 'Send a test…', keys: 't', section: 'Campaign', icon: IconTestPipe, disabled: state.gaps.length > 0, perform: acts.test },
    { name: 'campaign.pause', label: 'Pause the sending', section: 'Campaign', icon: IconPlayerPause, disabled: !running, perform: acts.pause },
  ]);
  return acts;
}

/** How often the composing is looked at, in milliseconds. */
const pulse = 250;

/**
 * Messages that were composed before the last check are not what was checked:
 * they are composed anew, and then sent.
 */
async function composeAnew(slug: string): Promise<JobStarted> {
  const { job } = await Campaigns.plan(slug);
  for (;;) {
    const now = (await Jobs.list()).find((j) => j.id === job);
    const failure = failureOf(now);
    if (failure) throw failure;
    if (!now || now.state === 'cancelled') throw new Error('the composing was given up; nothing has been sent');
    if (now.state !== 'running') return Campaigns.send(slug, 0);
    await new Promise((done) => setTimeout(done, pulse));
  }
}
