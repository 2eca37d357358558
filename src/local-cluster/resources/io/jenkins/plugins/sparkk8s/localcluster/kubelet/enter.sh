#!/bin/bash
# Usage: enter.sh PLAN ROOT WORKDIR COMMAND...   (in a mount namespace of its own)
# Builds at ROOT a view of the host's files with the volumes of PLAN at their mount paths, and runs COMMAND in it.
# Mount points that the host lacks are made on tmpfs, so the host never sees them.
# A line of PLAN: kind (tmpfs, rw or ro), source (- for tmpfs), path; separated by tabs, parents before children.
set -eu
shopt -s nullglob dotglob
plan=$1 root=$2 workdir=$3
shift 3
declare -A made volume

# Shows the host's entries of directory $1 at the (new, empty) directory $root$1.
show_entries() {
    local entry
    for entry in "$1"/*; do
        if [ -L "$entry" ]; then
            ln -s "$(readlink "$entry")" "$root$entry"
        elif [ -d "$entry" ]; then
            mkdir "$root$entry"
            mount --rbind "$entry" "$root$entry"
        elif [ -e "$entry" ]; then
            : >"$root$entry"
            mount --bind "$entry" "$root$entry"
        fi
    done
}

in_volume() {
    local path=$1
    while [ -n "$path" ]; do
        [ -n "${volume[$path]-}" ] && return 0
        path=${path%/*}
    done
    return 1
}

# Makes $root$1 a directory in which entries can be made without touching the host.
open_directory() {
    [ -n "${made[/$1]-}" ] && return
    if in_volume "$1"; then
        mkdir -p "$root$1"
        return
    fi
    if [ -d "$root$1" ]; then
        mount -t tmpfs -o mode=755 tmpfs "$root$1"
        made[/$1]=1
        show_entries "$1"
    else
        open_directory "${1%/*}"
        mkdir "$root$1"
        made[/$1]=1
    fi
}

# Makes an entry at $root$2 on which source $1 can be mounted.
make_mount_point() {
    if [ -d "$1" ]; then
        [ -d "$root$2" ] && return
        open_directory "${2%/*}"
        mkdir "$root$2"
    else
        [ -e "$root$2" ] && return
        open_directory "${2%/*}"
        : >"$root$2"
    fi
}

# A host without this program only leaves the container the host's name.
hostname "${HOSTNAME:0:63}" || :
mount -t tmpfs -o mode=755 tmpfs "$root"
mount --make-unbindable "$root"
made[/]=1
show_entries ""

read_only=()
while IFS=$'\t' read -r kind source path; do
    path=$(realpath -m -- "$path")
    if [ "$kind" = tmpfs ]; then
        make_mount_point / "$path"
        mount -t tmpfs -o mode=755 tmpfs "$root$path"
        made[/$path]=1
        continue
    fi
    make_mount_point "$source" "$path"
    mount --rbind "$source" "$root$path"
    volume[$path]=1
    [ "$kind" = ro ] && read_only+=("$path")
done <"$plan"
for path in "${read_only[@]}"; do
    mount -o remount,bind,ro "$root$path" 2>/dev/null || mount -o remount,bind,ro,nosuid,nodev "$root$path"
done

[ -d "$root$workdir" ] || mkdir -p "$root$workdir"
unset SHLVL OLDPWD PWD
exec unshare --root="$root" --wd="$workdir" -- "$@"
