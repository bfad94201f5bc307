package send

import (
	"encoding/json"

	"github.com/mailwright/mailwright/internal/esp"
	"github.com/mailwright/mailwright/internal/fault"
)

// Settings reads a sender's JSON: which adapter it is, and its checked settings.
func Settings(body []byte) (esp.Kind, esp.Settings, error) {
	var head struct {
		Adapter string `json:"adapter"`
	}
	if err := json.Unmarshal(body, &head); err != nil {
		return esp.Kind{}, nil, fault.New(fault.Invalid, "the settings are no JSON object: %w", err)
	}
	kind, err := Adapter(head.Adapter)
	if err != nil {
		return kind, nil, err
	}
	settings, err := kind.Read(body)
	return kind, settings, err
}
