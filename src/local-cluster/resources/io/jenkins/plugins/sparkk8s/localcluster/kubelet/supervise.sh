#!/bin/bash
# Runs one container's command and ends with its exit status (128+n when signal n ended it).
# Standard input is a pipe from the kubelet: each line names a signal for the container's main process.
# End of file means that the kubelet is gone, however it ended: the container ends too.
trap : INT TERM HUP
exec 3<&0
setsid "$@" </dev/null 3<&- &
main=$!
exec 1>/dev/null 2>&1
(
    while read -r signal <&3; do
        kill -s "$signal" "$main"
    done
    kill -s KILL -- "-$main" || kill -s KILL "$main"
) &
watcher=$!
exec 3<&-
while :; do
    wait "$main"
    status=$?
    kill -s 0 "$main" || break
done
# As the end of a container's first process ends all its others.
kill -s KILL -- "-$main"
kill -s KILL "$watcher"
exit "$status"
