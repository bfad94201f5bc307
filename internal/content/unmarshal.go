package content

// UnmarshalJSON reads a template as Parse does, so that no way in lets an
// unknown field pass.
func (t *Template) UnmarshalJSON(data []byte) error {
	read, err := Parse(data)
	if err == nil {
		*t = read
	}
	return err
}

// UnmarshalJSON reads one block as ParseBlocks does.
func (b *Block) UnmarshalJSON(data []byte) error {
	blocks, problems := ParseBlocksDraft(append(append([]byte{'['}, data...), ']'))
	if len(problems) > 0 {
		return problems[0].Error()
	}
	*b = blocks[0]
	return nil
}
