"""Kubernetes-style `sigs.yaml`: which group meets when, as the registry listed it on one day."""
