"""OpenStack-style ritual registry: one YAML file a ritual, with its schedule, agenda and chair."""
