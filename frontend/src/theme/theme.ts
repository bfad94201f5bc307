import {
  ActionIcon, Button, Checkbox, createTheme, Input, Kbd, Menu, Modal, NumberInput, Popover, SegmentedControl, Select, Switch, Tabs, TextInput, Textarea, Tooltip,
  type CSSVariablesResolver, type MantineColorsTuple,
} from '@mantine/core';
import parts from './parts.module.css';

const moss: MantineColorsTuple = ['#eef7f5', '#d9ece8', '#b2d9d1', '#88c5b9', '#5fb1a2', '#3c998a', '#277c6e', '#1f6f63', '#17564d', '#0f3d37'];
const gray: MantineColorsTuple = ['#faf9f7', '#f3f1ed', '#e8e5e0', '#d9d5ce', '#c4bfb6', '#8f897f', '#6f695f', '#5c574f', '#3b3833', '#1f1d1a'];
const dark: MantineColorsTuple = ['#ece9e4', '#b8b2a8', '#9c958b', '#7d766c', '#45413b', '#2e2b28', '#24221f', '#1b1a18', '#151412', '#0f0e0d'];
const red: MantineColorsTuple = ['#fbeae8', '#f6d3cf', '#eda9a2', '#f28b82', '#d9574c', '#c63c31', '#b3261e', '#b3261e', '#8f1e18', '#6b1612'];

/**
 * Mantine's parts, made to look like ours: its own colours, sizes and shadows
 * never show. What they look like is in parts.module.css and tokens.css.
 */
export const theme = createTheme({
  colors: { moss, gray, dark, red },
  primaryColor: 'moss',
  primaryShade: { light: 7, dark: 6 },
  autoContrast: false,
  fontFamily: 'var(--font)',
  fontFamilyMonospace: 'var(--mono)',
  fontSizes: { xs: '12px', sm: '14px', md: '14px', lg: '14px', xl: '22px' },
  headings: { fontFamily: 'var(--font)', fontWeight: '600' },
  lineHeights: { xs: '1.4', sm: '1.45', md: '1.5', lg: '1.5', xl: '1.3' },
  radius: { xs: '4px', sm: '6px', md: '6px', lg: '6px', xl: '6px' },
  defaultRadius: 'sm',
  spacing: { xs: '8px', sm: '12px', md: '16px', lg: '24px', xl: '32px' },
  shadows: { xs: 'var(--shadow)', sm: 'var(--shadow)', md: 'var(--shadow)', lg: 'var(--shadow)', xl: 'var(--shadow)' },
  cursorType: 'pointer',
  focusRing: 'auto',
  respectReducedMotion: true,
  components: {
    Button: Button.extend({ defaultProps: { size: 'xs', variant: 'default' }, classNames: { root: parts.button, label: parts.buttonLabel } }),
    ActionIcon: ActionIcon.extend({ defaultProps: { variant: 'subtle', color: 'gray', size: 28 }, classNames: { root: parts.actionIcon } }),
    Input: Input.extend({ defaultProps: { size: 'xs' }, classNames: { input: parts.input } }),
    InputWrapper: Input.Wrapper.extend({ defaultProps: { size: 'xs' }, classNames: { label: parts.label, description: parts.description, error: parts.error } }),
    TextInput: TextInput.extend({ defaultProps: { size: 'xs' } }),
    Textarea: Textarea.extend({ defaultProps: { size: 'xs' } }),
    NumberInput: NumberInput.extend({ defaultProps: { size: 'xs' } }),
    Select: Select.extend({ defaultProps: { size: 'xs', checkIconPosition: 'right', comboboxProps: { shadow: 'sm', transitionProps: { duration: 0 } } } }),
    Checkbox: Checkbox.extend({ defaultProps: { size: 'xs', radius: 'xs' }, classNames: { input: parts.checkbox } }),
    Switch: Switch.extend({ defaultProps: { size: 'xs' } }),
    Tabs: Tabs.extend({ classNames: { list: parts.tabsList, tab: parts.tab } }),
    SegmentedControl: SegmentedControl.extend({ defaultProps: { size: 'xs', transitionDuration: 100 }, classNames: { root: parts.segmented, indicator: parts.segmentedIndicator } }),
    Menu: Menu.extend({ defaultProps: { shadow: 'sm', transitionProps: { duration: 0 }, position: 'bottom-start', offset: 4 }, classNames: { dropdown: parts.dropdown, item: parts.menuItem, label: parts.menuLabel } }),
    Popover: Popover.extend({ defaultProps: { shadow: 'sm', transitionProps: { duration: 0 } }, classNames: { dropdown: parts.dropdown } }),
    Modal: Modal.extend({
      defaultProps: { centered: true, padding: 'lg', closeButtonProps: { 'aria-label': 'Close' }, transitionProps: { duration: 100, transition: 'fade' }, overlayProps: { backgroundOpacity: 0.35 } },
      classNames: { content: parts.modal, title: parts.modalTitle, header: parts.modalHeader },
    }),
    Tooltip: Tooltip.extend({ defaultProps: { openDelay: 350, transitionProps: { duration: 80 }, withArrow: false }, classNames: { tooltip: parts.tooltip } }),
    Kbd: Kbd.extend({ classNames: { root: parts.kbd } }),
  },
});

/** Points Mantine's own variables at ours. */
export const variables: CSSVariablesResolver = () => {
  const same = {
    '--mantine-color-body': 'var(--paper)',
    '--mantine-color-text': 'var(--ink)',
    '--mantine-color-bright': 'var(--ink)',
    '--mantine-color-dimmed': 'var(--ink-2)',
    '--mantine-color-placeholder': 'var(--ink-3)',
    '--mantine-color-anchor': 'var(--accent)',
    '--mantine-color-error': 'var(--bad)',
    '--mantine-color-default': 'var(--paper)',
    '--mantine-color-default-hover': 'var(--hover)',
    '--mantine-color-default-color': 'var(--ink)',
    '--mantine-color-default-border': 'var(--line-strong)',
    '--mantine-color-moss-filled': 'var(--accent-fill)',
    '--mantine-color-moss-filled-hover': 'var(--accent-fill-hover)',
    '--mantine-color-moss-light': 'var(--accent-soft)',
    '--mantine-color-moss-light-color': 'var(--accent-strong)',
    '--mantine-color-moss-outline': 'var(--accent)',
    '--mantine-color-moss-text': 'var(--accent)',
    '--mantine-color-gray-text': 'var(--ink-2)',
    '--mantine-color-gray-light-color': 'var(--ink-2)',
    '--mantine-color-red-text': 'var(--bad)',
    '--mantine-color-red-light-color': 'var(--bad)',
    '--mantine-primary-color-filled': 'var(--accent-fill)',
    '--mantine-primary-color-filled-hover': 'var(--accent-fill-hover)',
  };
  return { variables: {}, light: same, dark: same };
};
