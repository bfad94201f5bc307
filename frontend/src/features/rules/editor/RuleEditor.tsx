import { ActionIcon, Button, Menu, Textarea } from '@mantine/core';
import { useNavigate } from '@tanstack/react-router';
import { IconDeviceFloppy, IconDots, IconTrash } from '@tabler/icons-react';
import { useState } from 'react';
import { ConfirmDialog } from '@/components/confirm/ConfirmDialog';
import { Page } from '@/components/page/Page';
import { SaveProblem } from '@/components/save/SaveProblem';
import { useLeaveGuard } from '@/components/save/useLeaveGuard';
import { SplitPane } from '@/components/split/SplitPane';
import { TitleInput } from '@/components/title/TitleInput';
import { said } from '@/components/toast/toast';
import { useActions } from '@/lib/actions';
import { Rules, type Rule } from '@/lib/generated/api';
import { useRemoveRule, useRuleCount, useSaveRule } from '../api';
import { draftOf, jsonOf, unfinished } from '../draft';
import { BranchList } from './BranchList';
import { Outcomes } from './Outcomes';
import { EditedRule } from './context';
import { WhyRule } from './WhyRule';
import css from './editor.module.css';

interface Props {
  opened: Rule;
  onReload: () => void;
}

/** Edits a rule: its branches in order on the left, who gets what on the right. */
export function RuleEditor({ opened, onReload }: Props) {
  const navigate = useNavigate();
  const [rule, setRule] = useState(() => draftOf(opened.rule));
  const [base, setBase] = useState(() => ({ ...opened, json: JSON.stringify(jsonOf(draftOf(opened.rule))) }));
  const [name, setName] = useState(opened.name);
  const [note, setNote] = useState(opened.note);
  const count = useRuleCount(rule);
  const json = jsonOf(rule);
  const lacking = unfinished(rule);
  const changed = base.version === 0 || name !== base.name || note !== base.note || JSON.stringify(json) !== base.json;
  const save = useSaveRule((r) => {
    said(`“${r.name}” is saved.`);
    setBase({ ...r, json: JSON.stringify(json) });
    if (opened.slug === '') void navigate({ to: '/rules/$slug', params: { slug: r.slug }, replace: true });
    else save.reset();
  });
  const touched = JSON.stringify(json) !== base.json || name !== base.name;
  const guard = useLeaveGuard(() => changed && touched && !save.isPending && !save.isSuccess, name || 'this rule');
  const ready = changed && name.trim() !== '' && lacking === '' && !save.isPending;
  const put = (over = base.version) => save.mutate({ rule: { slug: opened.slug, name: name.trim(), note: note.trim(), rule: json }, base: over });
  useActions([{ name: 'rule.save', label: 'Save the rule', keys: 'mod+s', section: 'Rules', icon: IconDeviceFloppy, disabled: !ready, perform: () => put() }]);
  return (
    <Page
      title={name || 'New rule'}
      heading={<TitleInput label="Name of the rule" value={name} onChange={setName} placeholder="Name this rule" autoFocus={opened.slug === ''} />}
      back={{ to: '/rules', label: 'Rules' }}
      actions={
        <>
          {base.version > 0 && <RuleMenu slug={base.slug} name={base.name} />}
          <Button variant={changed ? 'filled' : 'default'} disabled={!ready} loading={save.isPending} onClick={() => put()}>
            {changed ? 'Save' : 'Saved'}
          </Button>
        </>
      }
      body="fill"
    >
      <SplitPane label="who gets what" at="right" width={368} min={300} max={640} side={<RuleSide rule={rule} lacking={lacking} count={count} />}>
        <div className={css.left}>
          <Textarea className={css.note} variant="unstyled" autosize minRows={1} aria-label="Note" placeholder="What it chooses, in a line" value={note} onChange={(e) => setNote(e.currentTarget.value)} />
          <EditedRule value={{ rule, setRule, count }}>
            <BranchList rule={rule} path="" />
          </EditedRule>
        </div>
      </SplitPane>
      <SaveProblem error={save.error} newest={(signal) => Rules.get(opened.slug, signal)} onOver={put} onReload={onReload} onClose={save.reset} />
      {guard}
    </Page>
  );
}

function RuleSide({ rule, lacking, count }: { rule: ReturnType<typeof draftOf>; lacking: string; count: ReturnType<typeof useRuleCount> }) {
  return (
    <aside className={css.side} aria-label="Who gets what">
      <Outcomes rule={rule} count={count} lacking={lacking} />
      <WhyRule rule={rule} whole={lacking === '' && !count.error} />
    </aside>
  );
}

function RuleMenu({ slug, name }: { slug: string; name: string }) {
  const navigate = useNavigate();
  const remove = useRemoveRule();
  const [asking, setAsking] = useState(false);
  return (
    <>
      <Menu position="bottom-end" width={180}>
        <Menu.Target>
          <ActionIcon size={32} aria-label="More">
            <IconDots size={16} />
          </ActionIcon>
        </Menu.Target>
        <Menu.Dropdown>
          <Menu.Item leftSection={<IconTrash size={15} />} onClick={() => setAsking(true)}>
            Remove…
          </Menu.Item>
        </Menu.Dropdown>
      </Menu>
      <ConfirmDialog
        opened={asking}
        title={`Remove “${name}”?`}
        confirm="Remove"
        danger
        onClose={() => setAsking(false)}
        onConfirm={async () => {
          await remove.mutateAsync(slug);
          said(`“${name}” is removed.`);
          await navigate({ to: '/rules', ignoreBlocker: true });
        }}
      >
        A rule that an e-mail needs is not removed.
      </ConfirmDialog>
    </>
  );
}
