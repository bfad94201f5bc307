import { ActionIcon, Tooltip, useMantineColorScheme, type MantineColorScheme } from '@mantine/core';
import { IconDeviceDesktop, IconMoon, IconSun } from '@tabler/icons-react';

const order: MantineColorScheme[] = ['auto', 'light', 'dark'];
const names = { auto: 'As the system', light: 'Light', dark: 'Dark' };
const icons = { auto: IconDeviceDesktop, light: IconSun, dark: IconMoon };

/** Steps through the system's theme, light and dark. */
export function ThemeToggle() {
  const { colorScheme, setColorScheme } = useMantineColorScheme();
  const Sign = icons[colorScheme];
  const next = order[(order.indexOf(colorScheme) + 1) % order.length] ?? 'auto';
  return (
    <Tooltip label={`Theme: ${names[colorScheme].toLowerCase()}`}>
      <ActionIcon aria-label={`Theme: ${names[colorScheme]}. Change to ${names[next].toLowerCase()}`} onClick={() => setColorScheme(next)}>
        <Sign size={16} stroke={1.6} />
      </ActionIcon>
    </Tooltip>
  );
}
