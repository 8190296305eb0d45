# Sourced by bin/check and bin/sure: runs named steps, tells the time of each, and fails at the end if one failed.
failed=""
steps=0

step() {
    name=$1
    shift
    steps=$((steps + 1))
    printf '\n== %s\n' "$name"
    started=$SECONDS
    if "$@"; then
        printf -- '-- %s: ok, %d s\n' "$name" $((SECONDS - started))
    else
        printf -- '-- %s: FAILED, %d s\n' "$name" $((SECONDS - started))
        failed="$failed, $name"
    fi
}

finish() {
    if [ -n "$failed" ]; then
        printf '\n%d steps in %d s; failed: %s\n' "$steps" "$SECONDS" "${failed#, }"
        return 1
    fi
    printf '\n%d steps in %d s, all ok\n' "$steps" "$SECONDS"
}
