// Command deploycheck reads the files of configs/deploy with the parsers of the tools that
// they are for: Kubernetes's own types, strictly; Compose's loader; BuildKit's parser of
// Dockerfiles, with its linter.
//
//	deploycheck FOLDER
package main

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"strings"

	"github.com/compose-spec/compose-go/v2/cli"
	"github.com/moby/buildkit/frontend/dockerfile/instructions"
	"github.com/moby/buildkit/frontend/dockerfile/linter"
	"github.com/moby/buildkit/frontend/dockerfile/parser"
	appsv1 "k8s.io/api/apps/v1"
	corev1 "k8s.io/api/core/v1"
	policyv1 "k8s.io/api/policy/v1"
	"sigs.k8s.io/yaml"
)

func main() {
	if len(os.Args) != 2 {
		fmt.Fprintln(os.Stderr, "usage: deploycheck FOLDER")
		os.Exit(2)
	}
	if err := check(os.Args[1]); err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
}

func check(folder string) error {
	return errors.Join(
		kubernetes(filepath.Join(folder, "kubernetes.yaml")),
		compose(filepath.Join(folder, "compose.yaml")),
		dockerfile(filepath.Join(folder, "Dockerfile")),
	)
}

// kinds are the objects that a manifest may hold, each with its type.
var kinds = map[string]func() any{
	"apps/v1/Deployment":            func() any { return &appsv1.Deployment{} },
	"apps/v1/StatefulSet":           func() any { return &appsv1.StatefulSet{} },
	"v1/Service":                    func() any { return &corev1.Service{} },
	"v1/ConfigMap":                  func() any { return &corev1.ConfigMap{} },
	"v1/Secret":                     func() any { return &corev1.Secret{} },
	"policy/v1/PodDisruptionBudget": func() any { return &policyv1.PodDisruptionBudget{} },
}

// kubernetes reads a manifest. Unknown and repeated fields are mistakes, as for
// kubectl --validate=strict.
func kubernetes(name string) error {
	src, err := os.ReadFile(name)
	if err != nil {
		return err
	}
	n := 0
	for _, part := range strings.Split("\n"+string(src), "\n---") {
		var about struct{ APIVersion, Kind string }
		if err := yaml.Unmarshal([]byte(part), &about); err != nil {
			return fmt.Errorf("%s: %w", name, err)
		}
		if about.Kind == "" {
			continue
		}
		make := kinds[about.APIVersion+"/"+about.Kind]
		if make == nil {
			return fmt.Errorf("%s: a %s/%s: add its type to deploycheck", name, about.APIVersion, about.Kind)
		}
		if err := yaml.UnmarshalStrict([]byte(part), make()); err != nil {
			return fmt.Errorf("%s: %s: %w", name, about.Kind, err)
		}
		n++
	}
	if n == 0 {
		return fmt.Errorf("%s holds no object", name)
	}
	fmt.Printf("%s: %d objects\n", name, n)
	return nil
}

// compose loads the project as `docker compose config` does.
func compose(name string) error {
	options, err := cli.NewProjectOptions([]string{name}, cli.WithEnv([]string{
		"PRESSMARK_CONTACT=mailto:check@example.org", "POSTGRES_PASSWORD=x", "AWS_ACCESS_KEY_ID=x", "AWS_SECRET_ACCESS_KEY=x"}))
	if err != nil {
		return fmt.Errorf("%s: %w", name, err)
	}
	project, err := options.LoadProject(context.Background())
	if err != nil {
		return fmt.Errorf("%s: %w", name, err)
	}
	if len(project.Services) < 3 {
		return fmt.Errorf("%s: %d services", name, len(project.Services))
	}
	fmt.Printf("%s: %d services\n", name, len(project.Services))
	return nil
}

// dockerfile parses the stages and fails at what BuildKit's linter warns of.
func dockerfile(name string) error {
	src, err := os.ReadFile(name)
	if err != nil {
		return err
	}
	result, err := parser.Parse(bytes.NewReader(src))
	if err != nil {
		return fmt.Errorf("%s: %w", name, err)
	}
	var warnings []error
	lint := linter.New(&linter.Config{Warn: func(rule, description, _, message string, at []parser.Range) {
		warnings = append(warnings, fmt.Errorf("%s:%d: %s: %s", name, at[0].Start.Line, rule, message))
	}})
	stages, _, err := instructions.Parse(result.AST, lint)
	if err != nil {
		return fmt.Errorf("%s: %w", name, err)
	}
	result.PrintWarnings(io.Discard)
	for _, w := range result.Warnings {
		warnings = append(warnings, fmt.Errorf("%s: %s", name, w.Short))
	}
	fmt.Printf("%s: %d stages\n", name, len(stages))
	return errors.Join(warnings...)
}
