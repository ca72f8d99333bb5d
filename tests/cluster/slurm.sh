#!/usr/bin/env bash
# A run of the lab on a real Slurm of one node, started here: eight array tasks, one shard each, one of them killed and
# queued again; the merged rows must be those of one run, byte for byte.
#
#   tests/cluster/slurm.sh PROGRAM
#
# Needs root and, on Debian: apt-get install --no-install-recommends slurm-wlm slurmctld slurmd slurm-client munge
set -euo pipefail
program=$(realpath "${1:?usage: slurm.sh PROGRAM}")
folder=$(mktemp -d)
host=$(hostname -s)
export SLURM_CONF=$folder/slurm.conf

stop() {
    local pid
    for pid in "$folder/controller.pid" "$folder/node.pid" "$folder/munge.pid"; do
        [[ -f $pid ]] && kill "$(cat "$pid")" 2>/dev/null || true
    done
    sleep 1
    rm -rf "$folder"
}
trap stop EXIT

start() {
    mkdir -p "$folder/state" "$folder/spool" /run/munge
    chmod 755 "$folder"
    chown munge:munge /run/munge
    cat >"$SLURM_CONF" <<CONF
ClusterName=one
SlurmctldHost=$host(127.0.0.1)
AuthType=auth/munge
AuthInfo=cred_expire=10
SlurmUser=root
SlurmdUser=root
StateSaveLocation=$folder/state
SlurmdSpoolDir=$folder/spool
SlurmctldPidFile=$folder/controller.pid
SlurmdPidFile=$folder/node.pid
SlurmctldLogFile=$folder/controller.log
SlurmdLogFile=$folder/node.log
ProctrackType=proctrack/linuxproc
TaskPlugin=task/none
SelectType=select/cons_tres
SelectTypeParameters=CR_Core
ReturnToService=2
MpiDefault=none
NodeName=$host NodeAddr=127.0.0.1 CPUs=$(nproc) RealMemory=2000 State=UNKNOWN
PartitionName=all Nodes=$host Default=YES MaxTime=INFINITE State=UP
CONF
    runuser -u munge -- munged --force --pid-file=/run/munge/munged.pid || pgrep -x munged >/dev/null
    ln -sf /run/munge/munged.pid "$folder/munge.pid"
    slurmctld -f "$SLURM_CONF"
    slurmd -f "$SLURM_CONF"
    local tries
    for tries in {1..30}; do
        sinfo --noheader --format=%t | grep -qE '^(idle|mix)' && return
        sleep 1
    done
    echo "the node does not come up" >&2
    tail -n 20 "$folder/controller.log" "$folder/node.log" >&2
    return 1
}

question=(lab "basins:points=21,patterns=50,trials=20" --world "random:n=400,p=120" --rules hebb,pseudo-inverse
    --repeats 4)

start
"$program" "${question[@]}" --threads 1 --out "$folder/one.csv"

cat >"$folder/job.sh" <<JOB
#!/usr/bin/env bash
#SBATCH --array=1-8 --requeue --ntasks=1 --output=$folder/task-%a.txt --open-mode=append
echo "begun \${SLURM_RESTART_COUNT:-0}"
exec "$program" ${question[*]@Q} --threads 1 --shard "\$SLURM_ARRAY_TASK_ID/8" \
    --out "$folder/part-\$SLURM_ARRAY_TASK_ID.csv" --resume
JOB
job=$(sbatch --parsable "$folder/job.sh")

# Task 2 is killed as soon as it has written rows, and queued again.
for _ in {1..600}; do
    [[ -f $folder/part-2.csv ]] && (($(grep -cv '^#' "$folder/part-2.csv" || true) > 1)) && break
    sleep 0.05
done
scontrol requeue "${job}_2" && echo "task 2 was killed and queued again with $(grep -cv '^#' "$folder/part-2.csv") lines"
while [[ -n $(squeue --noheader --jobs "$job" 2>/dev/null) ]]; do
    scontrol release "$job" 2>/dev/null || true
    sleep 1
done
grep -H . "$folder"/task-*.txt
"$program" lab merge "$folder"/part-*.csv --out "$folder/merged.csv"
cmp "$folder/one.csv" "$folder/merged.csv"
echo "the rows of eight tasks are those of one run, byte for byte"
