export function NewContact() {
  return null;
}
