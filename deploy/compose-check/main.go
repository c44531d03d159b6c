// Compose-check reads compose files with the library that Docker Compose itself reads them
// with, and prints what it understood as JSON. It needs no container engine.
//
//	compose-check [-env-file FILE] COMPOSE_FILE…
//
// The result has three members: `project`, everything resolved as `docker compose config`
// would show it; `model`, the merged files with their ${variables} still in place; and
// `variables`, what those variables are. A file that Compose would refuse ends the program
// with the reason on standard error and exit code 1.
package main

import (
	"context"
	"encoding/json"
	"flag"
	"fmt"
	"os"

	"github.com/compose-spec/compose-go/v2/cli"
	"github.com/compose-spec/compose-go/v2/template"
)

type variable struct {
	Default  string `json:"default"`
	Required bool   `json:"required"`
}

type result struct {
	Project   json.RawMessage     `json:"project"`
	Model     map[string]any      `json:"model"`
	Variables map[string]variable `json:"variables"`
}

func main() {
	envFile := flag.String("env-file", "", "the file with the variables' values; the process's own are not used")
	flag.Parse()
	found, err := check(context.Background(), flag.Args(), *envFile)
	if err == nil {
		err = json.NewEncoder(os.Stdout).Encode(found)
	}
	if err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
}

func check(ctx context.Context, files []string, envFile string) (*result, error) {
	project, err := resolve(ctx, files, envFile)
	if err != nil {
		return nil, err
	}
	model, err := asWritten(ctx, files)
	if err != nil {
		return nil, err
	}
	variables := map[string]variable{}
	for name, found := range template.ExtractVariables(model, nil) {
		variables[name] = variable{Default: found.DefaultValue, Required: found.Required}
	}
	return &result{Project: project, Model: model, Variables: variables}, nil
}

func resolve(ctx context.Context, files []string, envFile string) (json.RawMessage, error) {
	options := []cli.ProjectOptionsFn{}
	if envFile != "" {
		options = append(options, cli.WithEnvFiles(envFile), cli.WithDotEnv)
	}
	loading, err := cli.NewProjectOptions(files, options...)
	if err != nil {
		return nil, err
	}
	project, err := loading.LoadProject(ctx)
	if err != nil {
		return nil, err
	}
	return project.MarshalJSON()
}

func asWritten(ctx context.Context, files []string) (map[string]any, error) {
	loading, err := cli.NewProjectOptions(files,
		cli.WithInterpolation(false),
		cli.WithNormalization(false),
		cli.WithConsistency(false),
		cli.WithResolvedPaths(false),
	)
	if err != nil {
		return nil, err
	}
	return loading.LoadModel(ctx)
}
