# Sourced by the test of Slurm: a cluster of this machine alone, with ports, keys and state of its own in $scratch.
# Ends with 77 and the reason where it does not start.
slurm_skip() {
  echo "Slurm does not start here: $1"
  tail -n 5 "$scratch"/slurm/*.log 2> /dev/null
  exit 77
}

slurm_free_port() {
  python3 -c 'import socket; s = socket.socket(); s.bind(("127.0.0.1", 0)); print(s.getsockname()[1])'
}

# In the order in which they end: first those that started last.
slurm_stop() {
  for name in slurmd slurmctld munged; do
    [ ! -s "$scratch/slurm/$name.pid" ] || kill "$(cat "$scratch/slurm/$name.pid")" 2> /dev/null
  done
  sleep 1
}

slurm_start() {
  for program in munged slurmctld slurmd sbatch; do
    command -v $program > /dev/null || { echo "$program is not installed"; exit 77; }
  done
  [ "$(id -u)" -eq 0 ] || slurm_skip "it starts as root alone"
  mkdir -p "$scratch/slurm/state" "$scratch/slurm/spool"
  chmod 755 "$scratch" "$scratch/slurm"
  # Its socket must lie where nobody else can put another one.
  head -c 1024 /dev/urandom > "$scratch/slurm/munge.key"
  chmod 400 "$scratch/slurm/munge.key"
  munged --force --key-file="$scratch/slurm/munge.key" --socket="$scratch/slurm/munge.socket" \
    --pid-file="$scratch/slurm/munged.pid" --log-file="$scratch/slurm/munged.log" \
    --seed-file="$scratch/slurm/munge.seed" || slurm_skip "munged"
  node=$(hostname -s)
  cat > "$scratch/slurm/slurm.conf" << CONF
ClusterName=made-up
SlurmctldHost=$node(127.0.0.1)
SlurmUser=root
AuthType=auth/munge
AuthInfo=socket=$scratch/slurm/munge.socket
CredType=cred/munge
SlurmctldPort=$(slurm_free_port)
SlurmdPort=$(slurm_free_port)
StateSaveLocation=$scratch/slurm/state
SlurmdSpoolDir=$scratch/slurm/spool
SlurmctldPidFile=$scratch/slurm/slurmctld.pid
SlurmdPidFile=$scratch/slurm/slurmd.pid
SlurmctldLogFile=$scratch/slurm/slurmctld.log
SlurmdLogFile=$scratch/slurm/slurmd.log
ProctrackType=proctrack/linuxproc
TaskPlugin=task/none
JobAcctGatherType=jobacct_gather/none
AccountingStorageType=accounting_storage/none
SelectType=select/cons_tres
SelectTypeParameters=CR_CPU
MpiDefault=none
ReturnToService=2
NodeName=$node NodeAddr=127.0.0.1 CPUs=$(nproc) State=UNKNOWN
PartitionName=all Nodes=ALL Default=YES State=UP
CONF
  echo "CgroupPlugin=cgroup/v1" > "$scratch/slurm/cgroup.conf"
  export SLURM_CONF="$scratch/slurm/slurm.conf"
  slurmctld > "$scratch/slurm/slurmctld.out.log" 2>&1 || slurm_skip "slurmctld"
  slurmd > "$scratch/slurm/slurmd.out.log" 2>&1 || slurm_skip "slurmd"
  for _ in 1 2 3 4 5 6 7 8 9 10 11 12 13 14 15 16 17 18 19 20; do
    [ "$(sinfo --noheader --format=%t 2> /dev/null)" != idle ] || break
    sleep 0.5
  done
  timeout 60 srun true > "$scratch/slurm/trial.log" 2>&1 ||
    slurm_skip "no job runs: $(sinfo --noheader 2>&1)"
}
