import { Button } from '@mantine/core';
import { useState } from 'react';
import { Page } from '@/components/page/Page';
import { ChooseFile } from './ChooseFile';
import { fileName, firstChoices, type Choices } from './request';
import { Wizard } from './Wizard';

/** Brings a file in: choose it, see what becomes of it, write it. */
export default function ImportPage() {
  const [choices, setChoices] = useState<Choices | null>(null);
  if (!choices) {
    return (
      <Page title="Import a file" back={{ to: '/data', label: 'Data' }}>
        <ChooseFile onChosen={(path) => setChoices(firstChoices(path))} />
      </Page>
    );
  }
  return (
    <Page title={`Import ${fileName(choices.path)}`} back={{ to: '/data', label: 'Data' }} actions={<Button onClick={() => setChoices(null)}>Choose another file</Button>} body="fill">
      <Wizard key={choices.path} choices={choices} onChange={setChoices} />
    </Page>
  );
}
